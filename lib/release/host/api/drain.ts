/** The slot that served before ends when its requests have. */
import { text } from '../../../host/bash/bash-template.ts';
import { stepSeconds } from '../../plan/limits.ts';
import { type HostScript, hostScript } from '../script.ts';

/** Outcome `drained` with the seconds that it took as note. Stopped already, nothing is done. */
export function drainScript(): HostScript {
  return hostScript({
    step: 'drain',
    component: 'api',
    seconds: stepSeconds.drain,
    body: text`
      began=$SECONDS
      if serving_slot >/dev/null; then drain_slot "$(idle_slot)"; fi
      report drained - "$((SECONDS - began)) s"
    `,
  });
}
