/** nginx sends to the slot with the new release. From here on it serves. */
import { text } from '../../host/bash/bash-template.ts';
import { type HostScript, hostScript, releaseFolder } from './script.ts';

/**
 * Outcome `switched`. Fails, with nginx as it was, when the idle slot does not run this release or
 * nginx refuses its configuration.
 */
export function switchScript({ digest }: { readonly digest: string }): HostScript {
  return hostScript(
    'switch',
    90,
    text`
      release=${releaseFolder(digest)}
      runs() { [ "$(release_of "$1")" = "$release" ] && ! settings_differ "$1" && systemctl is-active --quiet "$(unit_of "$1")"; }
      if ! serving=$(serving_slot) || ! runs "$serving"; then
        slot=$(idle_slot)
        if ! runs "$slot"; then
          echo "slot $slot does not run the release: it is started before the switch"
          exit 1
        fi
        serve "$slot" || exit 1
      fi
      touch "$release/.healthy"
      report switched ${digest} "$(serving_slot)"
    `,
  );
}
