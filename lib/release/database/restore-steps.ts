/** A restore as a list of steps, in the shape of a release's: what each checks, what undoes it. */
import { beginNotices, endNotices } from './restore-notice-steps.ts';
import type { RestoreStep } from './restore-step.ts';

export interface RestoreStepOptions {
  /** The request names a time, up to which binary logs are replayed. */
  readonly toTime: boolean;
  readonly rehearse: boolean;
}

const stop = { do: 'stop' } as const;
const rollBack = { do: 'roll-back' } as const;

export function restoreSteps({ toTime, rehearse }: RestoreStepOptions): readonly RestoreStep[] {
  const chosen = [check, ...(toTime ? [ship] : [])];
  const beside = [fetch, bring, ...(toTime ? [replay] : [])];
  if (rehearse) return [...chosen, ...beside, remove];
  return [...chosen, ...beginNotices, ...beside, ...standStill, ...afterwards, ...endNotices];
}

/** Seconds that the tool on the host may take. */
export function restoreLimitSeconds(options: RestoreStepOptions): number {
  const own = restoreSteps(options).filter(({ where, id }) => where === 'host' && id !== 'ship');
  return own.reduce((sum, { limitSeconds = 0 }) => sum + limitSeconds, 0);
}

/** Whether visitors see the maintenance page while this step runs. */
export function isDown(step: string): boolean {
  return standStill.some(({ id }) => id === step);
}

const check: RestoreStep = {
  id: 'check',
  title: 'choose the dump and the binary logs',
  checks: 'the dump was compared when it was made; no binary log up to the time is missing; an approval names the dump',
  limitSeconds: 60,
  onFailure: stop,
  where: 'operator',
  serving: 'service',
};

const ship: RestoreStep = {
  id: 'ship',
  title: 'ship the binary logs of the last minutes',
  checks: 'the bucket has them; without this server, those that were shipped are used',
  limitSeconds: 300,
  onFailure: { do: 'continue' },
  where: 'host',
  serving: 'service',
};

const fetch: RestoreStep = {
  id: 'fetch',
  title: 'fetch them to the host',
  checks: 'room on the volume; each has the SHA-256 that was written down',
  limitSeconds: 600,
  onFailure: stop,
  where: 'host',
  serving: 'service',
};

const bring: RestoreStep = {
  id: 'import',
  title: 'import the dump into a scratch database',
  checks: 'tables, rows, checksums and definitions are those of its manifest',
  limitSeconds: 1800,
  onFailure: stop,
  compensation: { title: 'remove the scratch database' },
  where: 'host',
  serving: 'service',
};

const replay: RestoreStep = {
  id: 'replay',
  title: 'replay the binary logs up to the time',
  checks: 'none writes to anything but the scratch database; rows and checksums of each table are printed',
  limitSeconds: 1800,
  onFailure: stop,
  compensation: { title: 'remove the scratch database' },
  where: 'host',
  serving: 'service',
};

const remove: RestoreStep = {
  id: 'remove',
  title: 'remove the scratch database',
  checks: 'rows and checksums of each table were printed',
  limitSeconds: 60,
  onFailure: stop,
  where: 'host',
  serving: 'service',
};

/** The service stands still from the first to the last of these. */
const standStill: readonly RestoreStep[] = [
  {
    id: 'stop',
    title: 'turn the maintenance page on and stop the API',
    checks: 'requests in flight have ended; no release is at work',
    limitSeconds: 700,
    onFailure: stop,
    compensation: { title: 'start the API and turn the maintenance page off' },
    where: 'host',
    serving: 'maintenance-page',
  },
  {
    id: 'exchange',
    title: 'exchange all tables',
    checks: 'one RENAME TABLE, which MySQL carries out wholly or not at all; what is replaced stays in a database of its own',
    limitSeconds: 120,
    onFailure: stop,
    compensation: { title: 'exchange them back' },
    where: 'host',
    serving: 'maintenance-page',
  },
  {
    id: 'migrate',
    title: 'run the migrations of the release that serves',
    checks: 'each ends without an error; nothing to do unless the dump is older than the release',
    limitSeconds: 500,
    onFailure: rollBack,
    where: 'host',
    serving: 'maintenance-page',
  },
  {
    id: 'start',
    title: 'start the API',
    checks: 'readiness 3 times in a row',
    limitSeconds: 660,
    onFailure: rollBack,
    compensation: { title: 'stop it' },
    where: 'host',
    serving: 'maintenance-page',
  },
  {
    id: 'open',
    title: 'turn the maintenance page off',
    checks: 'visitors reach the service; a page that an operator turned on before stays on',
    limitSeconds: 60,
    onFailure: stop,
    where: 'host',
    serving: 'maintenance-page',
  },
];

/** The service goes on; one that fails is made good by the same command. */
const afterwards: readonly RestoreStep[] = [
  {
    id: 'dump-replaced',
    title: 'dump what was replaced',
    checks: 'restored into a scratch database: tables, rows and checksums are the same; it is in the bucket',
    limitSeconds: 1800,
    onFailure: stop,
    where: 'host',
    serving: 'service',
  },
  {
    id: 'dump-restored',
    title: 'dump what serves now, where the next restore begins',
    checks: 'as before',
    limitSeconds: 1800,
    onFailure: stop,
    where: 'host',
    serving: 'service',
  },
  {
    id: 'clean',
    title: 'remove what was replaced',
    checks: 'its dump is in the bucket',
    limitSeconds: 120,
    onFailure: stop,
    where: 'host',
    serving: 'service',
  },
];
