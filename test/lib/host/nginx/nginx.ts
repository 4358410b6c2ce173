/**
 * A real nginx with the files that a recipe writes, in a folder of its own, on free ports of
 * loopback. It ends with the test, however that ends.
 */
import { type ChildProcess, execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { quoted } from '../../../../lib/host/bash/bash-template.ts';
import type { HostStep } from '../../../../lib/host/bash/step.ts';
import { unpackedPackage } from '../../../image-packages.ts';
import { bash } from '../bash.ts';

const run = promisify(execFile);

export interface NginxOptions {
  /** `nginx-site` of a recipe. */
  readonly step: HostStep;
  /**
   * Ports of the recipe, and where they are in this test: of nginx itself, and of what it leads to.
   */
  readonly ports: Readonly<Record<number, number>>;
  /** Contents of `/etc/dojang/tls`. */
  readonly tls: Readonly<Record<string, string>>;
  /** What `secret fill` puts in the place of every parameter. */
  readonly secret?: string;
  /** MiB of a file system of its own for `/var/cache/nginx`; only root may have one. */
  readonly temporaryMib?: number;
}

export class Nginx {
  readonly folder = mkdtempSync(join(tmpdir(), 'dojang-nginx-'));
  readonly #program: readonly [string, ...string[]];
  readonly #argv: readonly [string, ...string[]];
  #child: ChildProcess | undefined;

  private constructor(program: readonly [string, ...string[]]) {
    this.#program = program;
    this.#argv = [...program, '-p', this.folder, '-c', join(this.folder, 'etc/nginx/nginx.conf')];
  }

  /** @throws with the fault that nginx finds in its configuration */
  static async start(options: NginxOptions): Promise<Nginx> {
    const nginx = new Nginx(await program());
    nginx.#write(options);
    const said = nginx.test();
    if (!said.includes('test is successful')) throw new Error(said);
    await nginx.#run(Object.values(options.ports)[0] ?? 0, options.temporaryMib ?? 0);
    return nginx;
  }

  /** A path in its folder. */
  at(name: string): string {
    return join(this.folder, name);
  }

  /** The words of its command line, without what it shall do. */
  get argv(): readonly string[] {
    return this.#argv;
  }

  /** What `nginx -t` prints. */
  test(): string {
    const [command, ...args] = this.#argv;
    return spawnSync(command, [...args, '-t'], { encoding: 'utf8' }).stderr;
  }

  /**
   * Bytes of files that nginx has under its temporary folders, also of those that it has already
   * unlinked.
   */
  async temporaryBytes(): Promise<number> {
    const script = `
      for process in $(pgrep -f "nginx.*$1|nginx: worker"); do
        for fd in /proc/$process/fd/*; do case $(readlink "$fd") in "$1"/*) stat -Lc '%d:%i %s' "$fd" ;; esac; done
      done 2>/dev/null
      find "$1" -type f -printf '%D:%i %s\\n'`;
    const { stdout } = await run('bash', ['-c', script, 'bash', join(this.folder, 'cache')]);
    const sizes = new Map(stdout.split('\n').map((line) => line.split(' ') as [string, string]));
    return [...sizes.values()].reduce((sum, size) => sum + Number(size || 0), 0);
  }

  get errorLog(): string {
    return readFileSync(join(this.folder, 'log/error.log'), 'utf8');
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child && child.exitCode === null) {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.stdin?.end();
      await ended;
    }
    rmSync(this.folder, { recursive: true, force: true });
  }

  #write({ step, ports, tls, secret = 'a-secret' }: NginxOptions): void {
    for (const name of ['cache', 'log', 'run', 'web', 'tls']) mkdirSync(join(this.folder, name), { mode: 0o755 });
    execFileSync('chmod', ['755', this.folder]);
    for (const [name, content] of Object.entries(tls)) writeFileSync(join(this.folder, 'tls', name), content, { mode: 0o600 });
    for (const [path, content] of filesOf(step, secret, this.#program)) {
      const at = join(this.folder, path);
      mkdirSync(dirname(at), { recursive: true });
      writeFileSync(at, this.#here(content, ports));
    }
    writeFileSync(join(this.folder, 'etc/nginx/mime.types'), 'types { text/html html; application/json json; }\n');
  }

  /** The same configuration with the places of this test. */
  #here(content: string, ports: NginxOptions['ports']): string {
    const at = (name: string) => join(this.folder, name);
    const moved = content
      .replaceAll('/etc/nginx/', `${at('etc/nginx')}/`)
      .replaceAll('/etc/dojang/tls', at('tls'))
      .replaceAll('/var/log/nginx', at('log'))
      .replaceAll('/var/cache/nginx', at('cache'))
      .replaceAll('/run/nginx.pid', at('run/nginx.pid'))
      .replaceAll('/opt/dojang/web/current', at('web'));
    return moved
      .replaceAll(/^user .*$/gm, process.getuid?.() === 0 ? 'user root;' : '')
      .replaceAll(/(?<=\blisten |127\.0\.0\.1:)\d+/g, (port) => String(ports[Number(port)] ?? port));
  }

  /** The shell outlives this process, however it ends, and puts away what it has mounted. */
  async #run(port: number, temporaryMib: number): Promise<void> {
    const script = `
      cache=$1 mib=$2
      shift 2
      [ "$mib" = 0 ] || mount -t tmpfs -o "size=\${mib}m" tmpfs "$cache"
      "$@" &
      child=$!
      read -r _
      kill -TERM $child
      wait $child
      [ "$mib" = 0 ] || umount "$cache"`;
    const argv = ['-c', script, 'sh', join(this.folder, 'cache'), String(temporaryMib), ...this.#argv, '-g', 'daemon off;'];
    this.#child = spawn('sh', argv, { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    this.#child.stderr?.on('data', (data) => {
      said += data;
    });
    const end = Date.now() + 20_000;
    while (bash(`exec 3<>/dev/tcp/127.0.0.1/${port}`).code !== 0) {
      if (Date.now() > end || this.#child.exitCode !== null) throw new Error(`nginx did not start: ${said}`);
      await wait(50);
    }
  }
}

/** Free ports of loopback, all different. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  const ports = servers.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(servers.map((server) => once(server.close(), 'close')));
  return ports;
}

async function program(): Promise<readonly [string, ...string[]]> {
  const installed = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'].map((each) => join(each, 'nginx')).find(existsSync);
  if (installed) return [installed];
  const { program: tree, loader } = await unpackedPackage('nginx', 'nginx');
  return [...loader, join(tree, 'usr/sbin/nginx')];
}

/** Path and text of every file that the step writes, as its own bash prints them. */
function filesOf({ apply, definitions }: HostStep, secret: string, program: readonly string[]): [path: string, content: string][] {
  const written = [...apply.matchAll(/^write_file (\S+) \S+ \S+ (\S+)$/gm)];
  const stubs = `secret() { sed 's,{{[^}]*}},${secret},g'; }\nnginx() { ${program.map(quoted).join(' ')} "$@"; }`;
  return written.map(([, path = '', name = '']) => {
    const { code, stdout, stderr } = bash(`${stubs}\n${definitions}\n${name}`);
    if (code !== 0) throw new Error(`${name}: ${stderr}`);
    return [path, stdout];
  });
}
