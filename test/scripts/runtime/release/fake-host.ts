/**
 * A host that answers the scripts of a release of the API as the real one does, in its own state.
 */
import type { HostShell, ShellResult, ShellRun } from '../../../../lib/ports/host-shell.ts';
import { migrations } from '../../../../scripts/runtime/release/actions/migrations.ts';

export class FakeHost implements HostShell {
  /** Digest of what serves; undefined before the first release. */
  serving: string | undefined;
  /** In the idle slot. */
  idle: string | undefined;
  /** What was run, in order: the step and what it is about. */
  readonly ran: string[] = [];
  /** What the host prints, by step, where it fails. */
  failing: Readonly<Record<string, string>> = {};
  /** What the functional test prints. */
  tested: readonly string[] = ['sign-in', 'core-api'].map((signal) => `sample\tprobe\t${signal}\tok\t0.010\t`);
  /** Called before each script; what it throws ends the command there, as a kill does. */
  before: (comment: string) => void = () => undefined;
  /** Migrations in the database's own list. */
  applied: readonly string[] = migrations().map(({ name }) => name);
  /** The requests of each window: count, errors, p95 in milliseconds. */
  window: readonly [number, number, number] = [100, 0, 80];

  async run(_: string, script: string, { comment }: ShellRun): Promise<ShellResult> {
    this.before(comment);
    const [step = ''] = comment.split(' ');
    this.ran.push(step);
    const digest = /releases\/([0-9a-f]{64})/.exec(script)?.[1] ?? '';
    const printed = this.failing[step];
    if (printed !== undefined) {
      return { code: 1, stdout: `${printed}\n${this.#servingLine()}`, stderr: '' };
    }
    const said = this.#answers[step]?.(digest, comment) ?? `release\tapi\tcurrent\t${digest}\t`;
    return { code: 0, stdout: `${said}\n${this.#servingLine()}`, stderr: '' };
  }

  async whenReady(): Promise<void> {}

  readonly #answers: Readonly<Record<string, (digest: string, comment: string) => string>> = {
    which: (_, comment) =>
      comment.includes('migrations') ? this.applied.map((name) => `applied\t${name}`).join('\n') : 'target\tx86_64\t3.12',
    serving: () => 'release\tapi\tcurrent\t-\t',
    dump: () => 'dump\tnightly\t1000\t1.5\t12\t48',
    measure: () => {
      const [requests, errors, p95] = this.window;
      return [`sample\twindow\t${requests}\t${errors}\t${p95}`, 'sample\tprobe\thealth\tok\t0.010\t', 'until\t1764340000.000'].join('\n');
    },
    test: () => this.tested.join('\n'),
    start: (digest) => {
      this.idle = digest;
      return `release\tapi\tstarted\t${digest}\tb`;
    },
    switch: (digest) => {
      if (this.serving !== digest) [this.serving, this.idle] = [digest, this.serving];
      return `release\tapi\tswitched\t${digest}\tb`;
    },
    'roll-back': (digest) => {
      if (this.serving !== digest) {
        this.idle = undefined;
        return `release\tapi\tkept\t${digest}\t`;
      }
      [this.serving, this.idle] = [this.idle, this.serving];
      return `release\tapi\trolled-back\t${this.serving ?? '-'}\ta`;
    },
  };

  #servingLine(): string {
    return this.serving === undefined ? 'serving\t-\t-\t-' : `serving\ta\t${this.serving}\tactive`;
  }
}
