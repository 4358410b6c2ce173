/** The link leads to the new release of the AI server; its unit takes it up when it restarts. */
import { text } from '../../../host/bash/bash-template.ts';
import { stepSeconds } from '../../plan/limits.ts';
import { type HostReleaseOptions, type HostScript, hostScript } from '../script.ts';

/** Outcome `switched`. It counts as healthy again only when `health` has seen it so. */
export function switchScript({ digest }: Pick<HostReleaseOptions, 'digest'>): HostScript {
  return hostScript({
    step: 'switch',
    component: 'ai',
    digest,
    seconds: stepSeconds['switch-link'],
    body: text`
      if [ ! -f "$release/.complete" ]; then
        echo "the release is not on this host: it is unpacked before the switch"
        exit 1
      fi
      if [ "$(serving_release || true)" != "$release" ]; then
        rm -f "$release/.healthy"
        switch_link "$release"
      fi
      report switched ${digest}
    `,
  });
}
