/**
 * The scripts of the API's releases, run by a real bash in a folder that stands for a host. systemd
 * and the bucket are stand-ins; nginx is one unless a test brings its own.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { workerSeconds } from '../../../../lib/host/slots/drain.ts';
import {
  type HostReleaseOptions,
  type HostScript,
  type HostStepId,
  hostScripts,
  rollBackScript,
} from '../../../../lib/release/host/index.ts';
import { type HostResult, hostResultFrom } from '../../../../lib/release/host/result.ts';
import { digestOf, pack } from '../../../../scripts/artifacts/pack.ts';
import { type Systemd, systemctl } from './systemctl.ts';

export interface ApiHostOptions {
  readonly systemd: Systemd;
  /** Of the slots. @default those of the recipe */
  readonly ports?: { readonly a: number; readonly b: number };
  readonly folder?: string;
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export class ApiHost {
  readonly folder: string;
  readonly #ports: { readonly a: number; readonly b: number };
  healthSeconds = 10;

  constructor({ systemd, ports = { a: 8080, b: 8081 }, folder = mkdtempSync(join(tmpdir(), 'dojang-api-host-')) }: ApiHostOptions) {
    this.folder = folder;
    this.#ports = ports;
    for (const name of ['opt', 'etc/dojang', 'etc/nginx/dojang', 'units', 'run', 'tools', 'bin', 'bucket', 'systemd']) {
      mkdirSync(this.at(name), { recursive: true });
    }
    this.write('etc/dojang/api.env', 'PORT="8080"\nMYSQL_USER=api\nMYSQL_PASSWORD=of-the-api\nMYSQL_DATABASE=dojang\n');
    this.write('units/dojang-api@.service', '');
    this.command('bin/systemctl', systemctl(systemd, folder));
    this.command('bin/journalctl', '#!/bin/bash\necho the end of its log\n');
    this.command('bin/systemd-run', '#!/bin/bash\nexit 0\n');
    this.command('tools/secret', '#!/bin/bash\ncase $1 in get) echo a-password ;; fill) cat ;; esac\n');
    this.command('bin/python3', bucket(this.at('bucket')));
    if (systemd === 'processes') return;
    // nginx refuses its configuration while there is a file `refuses`.
    this.command('bin/nginx', `#!/bin/bash\n[ ! -e ${this.at('refuses')} ] || { echo '[emerg] refused' >&2; exit 1; }\n`);
    this.command('bin/curl', '#!/bin/bash\nexit 0\n');
    this.command('bin/sleep', '#!/bin/bash\nexit 0\n');
    this.write('etc/nginx/dojang/site.conf', `include ${this.at('etc/nginx/dojang/api-upstream.conf')};\n`);
  }

  at(...names: string[]): string {
    return join(this.folder, ...names);
  }

  write(file: string, content: string): void {
    mkdirSync(dirname(this.at(file)), { recursive: true });
    writeFileSync(this.at(file), content);
  }

  read(file: string): string {
    return readFileSync(this.at(file), 'utf8').trim();
  }

  command(file: string, body: string): void {
    this.write(file, body);
    chmodSync(this.at(file), 0o755);
  }

  /** A release in the bucket. @returns its digest */
  async artifact(name: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
    const contents = mkdtempSync(join(this.folder, 'contents-'));
    const all = { name, 'content-worker.js': '', 'server.js': '', 'bin/node': `#!/bin/sh\nexec ${process.execPath} "$@"\n`, ...files };
    for (const [file, text] of Object.entries(all)) {
      mkdirSync(dirname(join(contents, file)), { recursive: true });
      writeFileSync(join(contents, file), text, { mode: file === 'bin/node' ? 0o755 : 0o644 });
    }
    await pack(contents, this.at('packed'));
    const digest = await digestOf(this.at('packed'));
    spawnSync('mv', [this.at('packed'), this.at('bucket', `${digest}.tar.gz`)]);
    rmSync(contents, { recursive: true });
    return digest;
  }

  scripts(digest: string, changes: Partial<HostReleaseOptions> = {}): readonly HostScript[] {
    const options = { digest, bucket: 'releases', region: 'ap-northeast-2', migratePassword: '/p', healthSeconds: this.healthSeconds };
    return hostScripts('api', { ...options, ...changes });
  }

  /** Those up to a step, with it. */
  scriptsTo(digest: string, last: HostStepId): readonly HostScript[] {
    const all = this.scripts(digest);
    return all.slice(0, all.findIndex(({ step }) => step === last) + 1);
  }

  script(digest: string, wanted: HostStepId): HostScript {
    const script = this.scriptsTo(digest, wanted).at(-1);
    if (!script) throw new RangeError(`no step ${wanted}`);
    return script;
  }

  rollBack(digest: string, reason = 'errors'): Ended {
    return this.run(rollBackScript('api', { digest, reason, healthSeconds: this.healthSeconds }).script);
  }

  /** As `deploy api` runs them. @throws DojangError when one fails */
  deploy(digest: string): HostResult[] {
    return this.scripts(digest).map(({ step, script }) => hostResultFrom('api', step, this.run(script)));
  }

  /** @param before bash that comes before the script, in the same line as its first */
  run(script: string, before = ''): Ended {
    const { status, stdout, stderr } = spawnSync('bash', ['-s'], {
      input: `${before}${this.here(script)}`,
      encoding: 'utf8',
      env: { ...process.env, PATH: `${this.at('bin')}:${process.env.PATH}` },
    });
    return { code: status ?? -1, stdout, stderr };
  }

  /** A script of a host with the places of this one. */
  here(script: string): string {
    return (
      script
        .replaceAll('/opt/dojang', this.at('opt'))
        .replaceAll('/etc/dojang', this.at('etc/dojang'))
        .replaceAll('/etc/nginx/', `${this.at('etc/nginx')}/`)
        .replaceAll('/etc/systemd/system', this.at('units'))
        .replaceAll('/usr/local/lib/dojang', this.at('tools'))
        .replaceAll('/run/', `${this.at('run')}/`)
        .replaceAll('PATH=/usr/local/sbin', `PATH=${this.at('bin')}:/usr/local/sbin`)
        // A stream keeps the worker that it came through for as long.
        .replaceAll(`SECONDS + ${workerSeconds}))`, 'SECONDS + 5))')
        .replaceAll('echo 8080', `echo ${this.#ports.a}`)
        .replaceAll('echo 8081', `echo ${this.#ports.b}`)
    );
  }

  /** Name of the release that serves, by its slot. */
  get serving(): string | undefined {
    if (!existsSync(this.at('opt/api/serving'))) return undefined;
    return this.read(`opt/api/slots/${this.read('opt/api/serving')}/name`);
  }

  /** Port that nginx has loaded; two with a line break between them while they share. */
  get nginxPort(): string {
    return this.read('systemd/nginx');
  }

  isActive(unit: string): boolean {
    return existsSync(this.at('systemd', `${unit}.active`));
  }

  /**
   * Whether nginx sends to a unit that runs. @param earlier: a host from before there were slots
   */
  get answers(): boolean {
    return this.nginxPort.split('\n').every((port) => {
      if (port === '8081') return this.isActive('dojang-api@b.service');
      return this.isActive('dojang-api@a.service') || this.isActive('dojang-api.service');
    });
  }

  /** A host on which a dojang of before there were slots has installed a release. */
  makeEarlier(digest: string): void {
    const release = this.at('opt/api/releases', digest);
    mkdirSync(release, { recursive: true });
    spawnSync('tar', ['-xzf', this.at('bucket', `${digest}.tar.gz`), '-C', release]);
    for (const mark of ['.complete', '.healthy']) writeFileSync(join(release, mark), '');
    symlinkSync(`releases/${digest}`, this.at('opt/api/current'));
    this.write('units/dojang-api.service', '');
    this.write('systemd/dojang-api.service.active', '');
    this.write('systemd/nginx', '8080');
  }

  /** Ends what the stand-in for systemd runs. */
  stop(): void {
    for (const slot of ['a', 'b'])
      this.run(`systemctl stop --no-block dojang-api@${slot}.service; systemctl kill --signal=KILL dojang-api@${slot}.service`);
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What boto3 does with the key's last part as name; other programs run as they are. */
function bucket(folder: string): string {
  return `#!/bin/bash
case $2 in
  size | fetch) cat >/dev/null ;;
  *) PATH=${process.env.PATH} exec python3 "$@" ;;
esac
file=${folder}/$(basename "$4")
case $2 in
  size) stat -c %s "$file" ;;
  fetch) cp "$file" "$6" ;;
esac
`;
}
