/** Which release a host serves, by the host itself. */
import { text } from '../../host/bash/bash-template.ts';
import type { App } from '../artifact.ts';
import { stepSeconds } from '../plan/limits.ts';
import { type HostScript, hostScript } from './script.ts';

/**
 * Changes nothing but what a run left half done; the answer is in the line that every script ends
 * with.
 */
export function servingScript(component: App): HostScript {
  return hostScript({
    step: 'before',
    component,
    digest: '',
    seconds: stepSeconds.before,
    body: text`
      report current -
    `,
  });
}
