/** The AI server, until it is healthy; else the release before it serves again. */
import { text } from '../../../host/bash/bash-template.ts';
import { drainSeconds } from '../../../host/slots/drain.ts';
import { type HostReleaseOptions, type HostScript, hostScript } from '../script.ts';
import { returnFunction } from './roll-back.ts';

/**
 * Outcome `healthy`. A server that answers in its own words that its model is away stays, with
 * these as note: an older release would not have it either. One that is not healthy is not running
 * beside another, so the host itself rolls it back at once, and the script fails; one that was
 * healthy before stays.
 */
export function healthScript({ digest, healthSeconds }: Pick<HostReleaseOptions, 'digest' | 'healthSeconds'>): HostScript {
  return hostScript({
    step: 'health',
    component: 'ai',
    digest,
    limitSeconds: drainSeconds + 2 * healthSeconds + 60,
    body: text`
      ${returnFunction}
      if [ "$(serving_release || true)" != "$release" ]; then
        echo "the link does not lead to the release: it is switched before its health is asked for"
        exit 1
      fi
      note=
      restarts=0
      if [ -f "$release/.healthy" ]; then restarts=$(unit_restarts dojang-ai.service); fi
      if ! fault=$(wait_ai ${healthSeconds} "$restarts") && ! note=$(no_model); then
        echo "$fault"
        log_of dojang-ai.service
        report unhealthy ${digest} "$fault"
        if [ ! -f "$release/.healthy" ]; then roll_back "$fault" ${healthSeconds} || true; fi
        exit 1
      fi
      rm -f "$release/.bad"
      touch "$release/.healthy"
      report healthy ${digest} "$note"
    `,
  });
}
