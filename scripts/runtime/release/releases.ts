/** Releases of several components: what `deploy`, `rollback` and `up` share. */
import { DojangError, messageOf } from '../../../lib/errors/dojang-error.ts';
import type { App } from '../../../lib/release/artifact.ts';
import { hostOf } from '../../../lib/release/hosting.ts';
import { allPlan } from '../../../lib/release/plan/all.ts';
import { rollbackTarget, servingRelease } from '../../../lib/release/releases.ts';
import type { Released } from '../../../lib/release/summary.ts';
import { allSettled } from '../../io/all-settled.ts';
import type { Context } from '../context.ts';
import { artifactBucket, type ReleasePorts } from './ports.ts';
import { readRecords } from './records.ts';
import { planOf, releaseComponent, type StepRow, stepNames } from './release.ts';
import type { ReleaseRequest } from './run-state.ts';

export type ReleaseOptions = Pick<ReleaseRequest, 'watchSeconds' | 'canary'>;

/** Of a first release: the API is there before the page that asks it. */
export const releaseOrder: readonly App[] = ['ai', 'api', 'web'];

/** The name of the row that shows the whole release of an application. */
export const releaseRow = (app: App) => `release ${app}`;

/**
 * Of `up`: a row for each application; those of one host one after the other, both hosts at the
 * same time.
 */
export async function releaseAll(context: Context, ports: ReleasePorts, options: ReleaseOptions): Promise<readonly Released[]> {
  const bucket = await artifactBucket(context, ports.aws);
  const read = await readRecords(ports.aws.recordStore(bucket));
  const one = (component: App) =>
    context.report.task(
      releaseRow(component),
      (progress) => {
        const row: StepRow = (name, work) => work((note) => progress(`${name}: ${note}`));
        return releaseComponent({ context, ports, bucket, read, request: { component, ...options }, row });
      },
      rowText,
    );
  const work = ['gcp', 'aws'].map(async (host) => {
    const done: Released[] = [];
    for (const component of releaseOrder) if (hostOf[component] === host) done.push(await one(component));
    return done;
  });
  await allSettled(work);
  return (await Promise.all(work)).flat();
}

function rowText({ outcome, digest, release, note }: Released): string {
  return [release ?? digest, ...(outcome === 'current' ? ['already there'] : []), ...(note ? [note] : [])].join(', ');
}

/**
 * Of `deploy`: a row for each step, in the order of the manual's full release. When a component
 * fails, earlier ones that do not fit without it are rolled back too.
 */
export async function releaseInOrder(
  context: Context,
  ports: ReleasePorts,
  chosen: readonly App[],
  options: ReleaseOptions,
): Promise<readonly Released[]> {
  const bucket = await artifactBucket(context, ports.aws);
  const { records } = await readRecords(ports.aws.recordStore(bucket));
  const isFirst = !servingRelease(records, 'api');
  const order = isFirst ? releaseOrder : allPlan().map(({ plan }) => plan.component);
  const done: Released[] = [];
  for (const component of order.filter((app) => chosen.includes(app))) {
    const several = chosen.length > 1;
    try {
      done.push(await releaseShown({ context, ports, bucket, request: { component, ...options }, several }));
    } catch (error) {
      throw await withEarlierRolledBack({ context, ports, bucket, options }, { component, done, error });
    }
  }
  return done;
}

interface Shown {
  readonly context: Context;
  readonly ports: ReleasePorts;
  readonly bucket: string;
  readonly request: ReleaseRequest;
  /** More than one component is released, so that rows name theirs. */
  readonly several: boolean;
}

/** With a row for each step. */
export async function releaseShown({ context, ports, bucket, request, several }: Shown): Promise<Released> {
  const { report } = context;
  const name = (step: string) => (several ? `${request.component} ${step}` : step);
  const names = stepNames(planOf({ context, request })).map(name);
  const row: StepRow = (step, work) => report.task(name(step), work, (text) => text);
  return report.tasks(names, async () => {
    const read = await readRecords(ports.aws.recordStore(bucket));
    return releaseComponent({ context, ports, bucket, read, request, row });
  });
}

interface Failed {
  readonly component: App;
  readonly done: readonly Released[];
  readonly error: unknown;
}

/** Answers the error that ends the command. */
async function withEarlierRolledBack(
  { context, ports, bucket, options }: Pick<Shown, 'context' | 'ports' | 'bucket'> & { readonly options: ReleaseOptions },
  { component, done, error }: Failed,
): Promise<unknown> {
  const { rollsBack = [] } = allPlan().find(({ plan }) => plan.component === component) ?? {};
  const texts: string[] = [];
  for (const earlier of rollsBack.filter((app) => done.some((each) => each.app === app && each.outcome === 'installed'))) {
    try {
      const { records } = await readRecords(ports.aws.recordStore(bucket));
      const target = rollbackTarget(records, earlier);
      if (!target) continue;
      await releaseShown({ context, ports, bucket, request: { component: earlier, target, ...options, canary: false }, several: true });
      texts.push(`The ${earlier} was rolled back to ${target.id}, as it was released for the new ${component}.`);
    } catch (failure) {
      texts.push(`The ${earlier}, released for the new ${component}, could not be rolled back: ${messageOf(failure)}.`);
    }
  }
  if (texts.length === 0 || !(error instanceof DojangError)) return error;
  return new DojangError(error.code, error.message, {
    why: [...texts, ...(error.why ? [error.why] : [])].join(' '),
    next: error.next,
    cause: error,
  });
}
