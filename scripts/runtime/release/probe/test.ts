/** Tests what a release is for, with the samples judged by the manual's triggers. */
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import { hostOf } from '../../../../lib/release/hosting.ts';
import { triggersOf } from '../../../../lib/release/plan/triggers.ts';
import { judgeWatch, type Sample } from '../../../../lib/release/plan/watch.ts';
import { aiTestScript } from '../../../../lib/release/probe/ai-test.ts';
import { apiTestScript } from '../../../../lib/release/probe/api-test.ts';
import { samplesFrom } from '../../../../lib/release/probe/samples.ts';
import type { ProbeScript } from '../../../../lib/release/probe/script.ts';
import type { Probing } from './measure.ts';
import type { Watched } from './watch.ts';
import { type WebTestOptions, webTest } from './web-test.ts';

export type TestOptions = { readonly component: 'api'; readonly digest: string } | { readonly component: 'ai' } | WebTest;

interface WebTest extends WebTestOptions {
  readonly component: 'web';
}

/** @throws DojangError `release-failed`, `not-measured`, `host-unreachable`, `host-timeout` */
export async function testRelease(probing: Probing, options: TestOptions): Promise<Watched> {
  const samples = await samplesOf(probing, options);
  const verdict = judgeWatch(samples, undefined, triggersOf(options.component));
  // A trigger waits for several failures in a row; a test that failed once is not passed either.
  const failed = samples.find((sample) => sample.kind === 'probe' && !sample.ok);
  if (verdict.do === 'keep' && failed?.kind === 'probe') {
    throw new DojangError('release-failed', `the test of ${failed.signal} failed: ${failed.note ?? 'without a reason'}`);
  }
  return { verdict, note: noteOf(samples) };
}

async function samplesOf(probing: Probing, options: TestOptions): Promise<readonly Sample[]> {
  if (options.component === 'web') return webTest(options, probing);
  const script = options.component === 'api' ? apiTestScript(options) : aiTestScript();
  return run(probing, options.component, script);
}

async function run(
  { shell, progress }: Probing,
  component: 'api' | 'ai',
  { script, limitSeconds }: ProbeScript,
): Promise<readonly Sample[]> {
  return samplesFrom(await shell.run(hostOf[component], script, { comment: `test ${component}`, limitSeconds, progress }));
}

/** The slowest answer, and what could not be tested. */
function noteOf(samples: readonly Sample[]): string {
  const probes = samples.flatMap((sample) => (sample.kind === 'probe' ? [sample] : []));
  const notes = probes.flatMap(({ ok, signal, note }) => (ok && note && signal !== 'response-time' ? [note] : []));
  const slowest = Math.max(0, ...probes.map(({ seconds }) => seconds));
  return [
    `${probes.filter(({ ok }) => ok).length} of ${probes.length} answers right, the slowest after ${slowest.toFixed(1)} s`,
    ...new Set(notes),
  ].join(', ');
}
