/** The AI server starts with the release that its link leads to: one GPU holds one model. */
import { text } from '../../../host/bash/bash-template.ts';
import { stepSeconds } from '../../plan/limits.ts';
import { type HostReleaseOptions, type HostScript, hostScript } from '../script.ts';

/**
 * Outcome `restarted`, or `current` when it runs this release already. It does not wait until it
 * listens: `health` does. Contracts wait in the queue meanwhile.
 */
export function restartScript({ digest }: Pick<HostReleaseOptions, 'digest'>): HostScript {
  return hostScript({
    step: 'restart',
    component: 'ai',
    digest,
    seconds: stepSeconds.restart,
    body: text`
      if [ "$(serving_release || true)" != "$release" ]; then
        echo "the link does not lead to the release: it is switched before the restart"
        exit 1
      fi
      if runs_link; then
        adapt_readiness
        report current ${digest}
      else
        restart_unit
        report restarted ${digest}
      fi
    `,
  });
}
