/** How an artifact is made: from which sources, and what is put into its folder. */

import type { Progress } from '../../lib/ports/reporter.ts';
import type { App, Target } from '../../lib/release/artifact.ts';

export interface ArtifactRecipe {
  readonly app: App;
  /** Files and folders, relative to the project, of which a change makes another artifact. */
  readonly sources: readonly string[];
  /** The part of the target that matters; the same text means the same artifact. */
  readonly variant: (target: Target) => string;
  /** Fills the empty folder. */
  readonly build: (folder: string, target: Target, progress: Progress) => Promise<void>;
}
