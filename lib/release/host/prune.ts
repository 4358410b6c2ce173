/** Old releases leave the host. */
import { text } from '../../host/bash/bash-template.ts';
import type { App } from '../artifact.ts';
import { stepSeconds } from '../plan/limits.ts';
import { type HostScript, hostScript } from './script.ts';

/** Outcome `pruned`. */
export function pruneScript(component: App): HostScript {
  return hostScript({
    step: 'prune',
    component,
    seconds: stepSeconds.prune,
    body: text`
      prune_releases ''
      report pruned - "$(releases_there) releases are kept"
    `,
  });
}
