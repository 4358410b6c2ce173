/** The way back from a release of the web. */
import { quoted, text } from '../../../host/bash/bash-template.ts';
import { stepSeconds } from '../../plan/limits.ts';
import { type HostScript, hostScript, type RollBackOptions } from '../script.ts';

/**
 * Before the switch nothing is done: outcome `kept`. After it the link leads to the release before
 * again: outcome `rolled-back` with its digest; pages of the one that is left still get their
 * files. Fails when there is no release to return to.
 */
export function rollBackScript({ digest, reason }: RollBackOptions): HostScript {
  return hostScript({
    step: 'roll-back',
    component: 'web',
    digest,
    seconds: stepSeconds['switch-link'],
    body: text`
      reason=${quoted(reason)}
      if [ "$(serving_release || true)" != "$release" ]; then
        mark_bad "$release" "$reason"
        report kept ${digest}
        exit 0
      fi
      if ! back=$(way_back); then
        echo "there is no earlier release to roll back to"
        exit 1
      fi
      keep_assets "$back"
      switch_link "$back"
      touch "$back/.healthy"
      mark_bad "$release" "$reason"
      report rolled-back "$(basename "$back")"
    `,
  });
}
