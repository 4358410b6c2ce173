/**
 * A host of releases of the web and the AI server: their scripts are run by a real bash in a mount
 * namespace of its own; systemd, nginx, the network and the bucket are stand-ins.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { App } from '../../../../lib/release/artifact.ts';
import { type HostScript, type HostStepId, hostScripts, rollBackScript } from '../../../../lib/release/host/index.ts';
import { digestOf, pack } from '../../../../scripts/artifacts/pack.ts';

export type InPlace = Exclude<App, 'api'>;

export interface Ended {
  readonly step?: HostStepId;
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A user other than root may mount in a user namespace of their own. */
const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];

/** What a script changes. */
export const states = ['opt', 'run', 'over'];

export class InPlaceHost {
  readonly folder = mkdtempSync(join(tmpdir(), 'dojang-in-place-'));

  constructor() {
    for (const name of ['opt', 'etc', 'run', 'tools', 'bin', 'bucket', 'over', 'work']) mkdirSync(this.at(name));
    // What boto3 does with the key's last part as name; and an environment that says where its
    // packages are.
    this.command(
      'python3',
      `case $2 in
  size) cat >/dev/null; exec stat -c %s "${this.at('bucket')}/$(basename "$4")" ;;
  fetch) cat >/dev/null; exec cp "${this.at('bucket')}/$(basename "$4")" "$6" ;;
esac
if [ "$2" = venv ]; then
  mkdir -p "$3/bin" "$3/lib"
  printf '#!/bin/bash\\n[ "$1" != -c ] || echo %s/lib\\n' "$3" >"$3/bin/python"
  chmod +x "$3/bin/python"
fi
[ "$1" != -c ] || sed -n 's/.*"reason":"\\([^"]*\\)".*/\\1/p' | grep .`,
    );
    this.startsWhile('true');
    this.command('journalctl', 'echo the end of its log');
    this.command('sleep', 'exit 0');
    this.command('nginx', `[ ! -f ${this.at('refuses')} ] || { echo '[emerg] refused' >&2; exit 1; }`);
    // Healthy, unless the current release is not.
    this.command('curl', 'test ! -f /opt/dojang/ai/current/unhealthy && echo a page');
  }

  at(...names: string[]): string {
    return join(this.folder, ...names);
  }

  command(name: string, body: string): void {
    writeFileSync(this.at('bin', name), `#!/bin/bash\n${body}\n`);
    chmodSync(this.at('bin', name), 0o755);
  }

  /**
   * A unit that is started while the command holds is active until it is stopped; else it ends by
   * itself, and systemd starts it again and again.
   */
  startsWhile(condition: string): void {
    const state = this.at('run/unit');
    this.command(
      'systemctl',
      `echo "systemctl $*" >> ${this.at('said')}
case "$*" in
  *nginx*) echo active ;;
  'is-active --quiet'*) [ -f ${state} ] ;;
  is-active*) [ -f ${state} ] && echo active || { [ -f ${state}.again ] && echo activating || echo inactive; exit 3; } ;;
  *'-p ActiveState'*)
    echo "ActiveState=$([ -f ${state} ] && echo active || echo activating)"
    echo "NRestarts=$(cat ${state}.again 2>/dev/null || echo 0)" ;;
  *'-P NRestarts'*) cat ${state}.again 2>/dev/null || echo 0 ;;
  *ExecMainStartTimestamp*) [ ! -f ${state} ] || date -d "$(stat -c %y ${state})" '+%F %T.%6N' ;;
  stop*) rm -f ${state} ${state}.again ;;
  start*)
    [ ! -f ${this.at('kill')} ] || { kill -9 $PPID; exit; }
    if ${condition}; then touch ${state}; else echo 3 >${state}.again; fi ;;
esac`,
    );
  }

  /** A release in the bucket. @returns its digest */
  async artifact(name: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
    const contents = mkdtempSync(this.at('contents-'));
    for (const [file, text] of Object.entries({ name, 'dojang_ai/name': name, ...files })) {
      mkdirSync(dirname(join(contents, file)), { recursive: true });
      writeFileSync(join(contents, file), text);
    }
    const file = this.at('packed');
    await pack(contents, file);
    const digest = await digestOf(file);
    renameSync(file, this.at('bucket', `${digest}.tar.gz`));
    return digest;
  }

  /** A release that lies on the host unpacked, with its environment made. */
  complete(app: InPlace, digest: string, files: Readonly<Record<string, string>> = {}): void {
    for (const [file, content] of Object.entries({ '.complete': '', ...files })) {
      const path = this.at('opt', app, 'releases', digest, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
    }
  }

  scripts(app: InPlace, digest: string): readonly HostScript[] {
    return hostScripts(app, { digest, bucket: 'releases', region: 'ap-northeast-2', migratePassword: '', healthSeconds: 2 });
  }

  /** As `deploy` runs them, to the first that fails. @returns the last but `prune` */
  install(app: InPlace, digest: string): Ended {
    let last: Ended = { code: 0, stdout: '', stderr: '' };
    for (const { step, script } of this.scripts(app, digest)) {
      const ended = this.run(script);
      if (step !== 'prune' || ended.code !== 0) last = { step, ...ended };
      if (ended.code !== 0) break;
    }
    return last;
  }

  rollBack(app: InPlace, digest: string, reason = 'errors'): Ended {
    return this.run(rollBackScript(app, { digest, reason, healthSeconds: 2 }).script);
  }

  /** A run that is killed when it would start the service. @returns how it ended */
  installKilled(app: InPlace, digest: string): number {
    writeFileSync(this.at('kill'), '');
    const { code } = this.install(app, digest);
    rmSync(this.at('kill'));
    return code;
  }

  /**
   * With the folders of this host in the places of a real one.
   * @param before bash that comes before the script, in the same line as its first
   */
  run(script: string, before = ''): Ended {
    const inside = `set -e
mount -t tmpfs tmpfs /opt; mount -t tmpfs tmpfs /usr/local; mkdir -p /opt/dojang /usr/local/lib/dojang
mount -t overlay overlay -o lowerdir=/etc,upperdir=${this.at('over')},workdir=${this.at('work')} /etc; mkdir -p /etc/dojang
mount --bind ${this.at('opt')} /opt/dojang
mount --bind ${this.at('etc')} /etc/dojang
mount --bind ${this.at('tools')} /usr/local/lib/dojang
PATH=${this.at('bin')}:$PATH bash -s`;
    const { status, stdout, stderr } = spawnSync('unshare', [...asRoot, '--mount', 'bash', '-c', inside], {
      input: `${before}${script}`,
      encoding: 'utf8',
    });
    return { code: status ?? -1, stdout, stderr };
  }

  /** What was said to systemctl, a call a line. */
  get said(): string {
    return readFileSync(this.at('said'), 'utf8');
  }

  forget(): void {
    writeFileSync(this.at('said'), '');
  }

  /** Name of the release that the link leads to; undefined where it leads nowhere. */
  current(app: InPlace): string | undefined {
    const file = this.at('opt', app, 'current/name');
    return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  }

  isActive(): boolean {
    return existsSync(this.at('run/unit'));
  }

  save(): void {
    rmSync(this.at('saved'), { recursive: true, force: true });
    for (const state of states)
      cpSync(this.at(state), this.at('saved', state), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  }

  restore(): void {
    for (const state of states) {
      rmSync(this.at(state), { recursive: true, force: true });
      cpSync(this.at('saved', state), this.at(state), { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }
}
