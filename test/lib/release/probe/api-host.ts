/**
 * The bundled API in its two slots over a real MySQL and a real provider, in a folder that stands
 * for a host. A test says what one of its paths answers instead.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ShellResult } from '../../../../lib/ports/host-shell.ts';
import { bundleApi } from '../../../../scripts/artifacts/api.ts';
import { migrationsHere } from '../../../apps/api/mysql.ts';
import { runScript } from './run.ts';

type Slot = 'a' | 'b';

export interface Instead {
  readonly status?: number;
  readonly afterMs?: number;
}

export const digest = 'd'.repeat(64);

export class SlotsHost {
  readonly #folder = mkdtempSync(join(tmpdir(), 'dojang-slots-'));
  readonly #servers: Server[] = [];
  readonly #children: ChildProcess[] = [];
  readonly #ports: Partial<Record<Slot, number>> = {};
  /** What a path of slot b answers instead of the API. */
  readonly instead = new Map<string, Instead>();

  /** Slot a serves. */
  async prepare(): Promise<void> {
    const release = this.#at('opt/dojang/api/releases', digest);
    mkdirSync(join(release, 'bin'), { recursive: true });
    for (const each of ['opt/dojang/api/slots', 'opt/dojang/api/releases/old', 'etc/dojang', 'bin'])
      mkdirSync(this.#at(each), { recursive: true });
    await bundleApi(release);
    cpSync(migrationsHere, join(release, 'migrations'), { recursive: true });
    this.#command('opt/dojang/api/releases/old/server.js', '');
    this.#command(`opt/dojang/api/releases/${digest}/bin/node`, `#!/bin/sh\nexec ${process.execPath} "$@"\n`);
    symlinkSync('../releases/old', this.#at('opt/dojang/api/slots/a'));
    symlinkSync(`../releases/${digest}`, this.#at('opt/dojang/api/slots/b'));
    writeFileSync(this.#at('opt/dojang/api/serving'), 'a\n');
    this.#command('bin/systemctl', '#!/bin/sh\nexit 0\n');
    this.#command('bin/systemd-run', systemdRun);
  }

  /** Both slots run the same program, each with its settings. */
  async start(slot: Slot, settings: Readonly<Record<string, string>>): Promise<void> {
    const file = this.#at('etc/dojang', `api-${slot}.env`);
    writeFileSync(
      file,
      Object.entries(settings)
        .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
        .join(''),
    );
    const server = this.#at('opt/dojang/api/releases', digest, 'server.js');
    const child = spawn(process.execPath, [server], {
      env: { PATH: process.env.PATH, ...settings, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.#children.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      const { msg, port } = JSON.parse(line);
      if (msg === 'listening') this.#ports[slot] = await this.#front(slot, port);
      if (msg === 'ready') break;
    }
    child.stdout.resume();
  }

  async run(script: string): Promise<ShellResult> {
    const places = {
      '/opt/dojang': this.#at('opt/dojang'),
      '/etc/dojang': this.#at('etc/dojang'),
      '/etc/systemd/system': this.#at('units'),
    };
    const ports = { 'echo 8080': `echo ${this.#ports.a ?? 9}`, 'echo 8081': `echo ${this.#ports.b ?? 9}` };
    return runScript(script, { ...places, ...ports }, { PATH: `${this.#at('bin')}:${process.env.PATH}` });
  }

  /** Puts other contents into a file of the release. @returns how to undo it */
  replace(name: string, content: string): () => void {
    const file = this.#at('opt/dojang/api/releases', digest, name);
    const earlier = readFileSync(file);
    writeFileSync(file, content);
    return () => writeFileSync(file, earlier);
  }

  async stopProcesses(): Promise<void> {
    for (const child of this.#children.splice(0)) {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    for (const server of this.#servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
    this.instead.clear();
  }

  delete(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #front(slot: Slot, port: number): Promise<number> {
    const server = createServer((incoming, response) => {
      const { url = '', method, headers } = incoming;
      const { status, afterMs = 0 } = (slot === 'b' && this.instead.get(url.split('?')[0] ?? '')) || {};
      setTimeout(() => {
        if (status !== undefined) return void response.writeHead(status).end('{}');
        incoming.pipe(
          request({ port, path: url, method, headers }, (answer) =>
            answer.pipe(response.writeHead(answer.statusCode ?? 0, answer.rawHeaders)),
          ),
        );
      }, afterMs);
    });
    this.#servers.push(server);
    await once(server.listen(0, '127.0.0.1'), 'listening');
    return (server.address() as AddressInfo).port;
  }

  #at(...names: string[]): string {
    return join(this.#folder, ...names);
  }

  #command(name: string, body: string): void {
    writeFileSync(this.#at(name), body);
    chmodSync(this.#at(name), 0o755);
  }
}

/** Runs the program at once, with the variables of its file. */
const systemdRun = `#!/bin/bash
for word; do
  case $word in
    --property=EnvironmentFile=*) file=\${word#*=*=} ;;
    --*) ;;
    *) break ;;
  esac
  shift
done
set -a
. "$file"
exec "$@"
`;
