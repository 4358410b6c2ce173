/** Measures what a release does that serves. */
import type { HostShell } from '../../../../lib/ports/host-shell.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import { hostOf } from '../../../../lib/release/hosting.ts';
import type { Before, Sample } from '../../../../lib/release/plan/watch.ts';
import { type MeasureOptions, measureScript } from '../../../../lib/release/probe/measure.ts';
import { beforeFrom, measuredUntil, samplesFrom } from '../../../../lib/release/probe/samples.ts';

export interface Probing {
  readonly shell: Pick<HostShell, 'run'>;
  readonly progress: Progress;
}

export interface Measured {
  readonly samples: readonly Sample[];
  /** For the next window, which begins there. */
  readonly until: string | undefined;
}

/**
 * It says nothing of its progress: it takes a second, and is repeated.
 * @throws DojangError `not-measured`, `host-unreachable`, `host-timeout`
 */
export async function measure({ shell }: Probing, options: MeasureOptions): Promise<Measured> {
  const { script, limitSeconds } = measureScript(options);
  const result = await shell.run(hostOf[options.component], script, { comment: `measure ${options.component}`, limitSeconds });
  return { samples: samplesFrom(result), until: measuredUntil(result) };
}

/** Seconds before a release that it is compared with. */
const beforeSeconds = 60;

/** To be asked before anything is switched. */
export async function measureBefore(probing: Probing, { component }: Pick<MeasureOptions, 'component'>): Promise<Before> {
  const { samples } = await measure(probing, { component, seconds: beforeSeconds });
  return beforeFrom(samples);
}
