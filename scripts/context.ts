/** What every verb is given, and what it gives back. */
import type { Environment } from '../lib/config/environment.ts';
import type { DojangError } from '../lib/errors.ts';
import type { AwsCloud, GcpCloud, Reporter } from '../lib/ports.ts';

interface VerbOptions {
  readonly dryRun: boolean;
  /** Resources that may be replaced or deleted this once. */
  readonly approve: readonly string[];
}

export interface Context {
  readonly environment: Environment;
  readonly report: Reporter;
  readonly options: VerbOptions;
}

export interface Clouds {
  readonly aws: AwsCloud;
  readonly gcp: GcpCloud;
}

/** How a verb ended. */
export interface Outcome {
  /** What `--json` prints. */
  readonly data: unknown;
  /** What is printed otherwise. */
  readonly lines?: readonly string[];
  /** Set when the answer itself is a no: drift, a refused plan. Told after the answer like any other error; exit code 1. */
  readonly failure?: DojangError;
}
