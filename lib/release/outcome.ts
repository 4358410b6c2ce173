/** What a release of an application came to. */
import type { App } from './artifact.ts';

export interface Released {
  readonly app: App;
  /** `current`: it was there already. */
  readonly outcome: 'current' | 'installed';
  /** Of its artifact, as people see it. */
  readonly digest: string;
  /** What is not as it should be though the release serves; empty mostly. */
  readonly note: string;
}
