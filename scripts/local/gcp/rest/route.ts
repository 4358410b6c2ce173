/** One path of the embedded GCP and what answers to it. */
import type { Json, Properties } from '../../../../lib/inventory/resource.ts';
import type { Store } from '../resources/store.ts';

export interface Call {
  readonly store: Store;
  /** What the path's groups matched. */
  readonly at: readonly string[];
  readonly query: URLSearchParams;
  readonly body: Properties;
}

export type Route = readonly [method: string, path: RegExp, answer: (call: Call) => Json | Promise<Json>];
