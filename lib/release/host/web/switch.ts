/** nginx reads the new files from the next request on. */
import { text } from '../../../host/bash/bash-template.ts';
import { stepSeconds } from '../../plan/limits.ts';
import { type HostReleaseOptions, type HostScript, hostScript } from '../script.ts';

/** Outcome `switched`. Files that open pages of earlier releases ask for stay reachable. */
export function switchScript({ digest }: Pick<HostReleaseOptions, 'digest'>): HostScript {
  return hostScript({
    step: 'switch',
    component: 'web',
    digest,
    seconds: stepSeconds['switch-link'],
    body: text`
      if [ ! -f "$release/.complete" ]; then
        echo "the release is not on this host: it is unpacked before the switch"
        exit 1
      fi
      keep_assets "$release"
      rm -f "$release/.bad"
      if [ "$(serving_release || true)" != "$release" ]; then switch_link "$release"; fi
      touch "$release/.healthy"
      report switched ${digest}
    `,
  });
}
