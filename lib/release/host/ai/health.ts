/** The AI server, until it is healthy; else the release before it serves again. */
import { text } from '../../../host/bash/bash-template.ts';
import { healthStepSeconds } from '../../plan/limits.ts';
import { type HostReleaseOptions, type HostScript, hostScript } from '../script.ts';
import { returnFunction } from './roll-back.ts';

/** MiB that a model which is loaded leaves for an answer at the least. */
const freeMib = 256;

/**
 * `gpu_fault` prints why the GPU cannot be used, and fails then. A machine without a driver has no
 * GPU of its own: its model is elsewhere.
 */
const gpuFunction = text`
  gpu_fault() {
    local free
    command -v nvidia-smi >/dev/null || return 0
    if ! free=$(timeout 20 nvidia-smi --query-gpu=memory.free --format=csv,noheader,nounits 2>&1) || [ -z "$free" ]; then
      echo "no GPU is visible: \${free:0:200}"
      return 1
    fi
    free=$(sort -n <<<"$free" | tail -n 1)
    if ((free < ${freeMib})); then
      echo "the GPU has $free MiB of memory free, less than ${freeMib}"
      return 1
    fi
  }
`;

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
    seconds: healthStepSeconds('ai', healthSeconds),
    body: text`
      ${returnFunction}
      if [ "$(serving_release || true)" != "$release" ]; then
        echo "the link does not lead to the release: it is switched before its health is asked for"
        exit 1
      fi
      note=
      restarts=0
      if [ -f "$release/.healthy" ]; then restarts=$(unit_restarts dojang-ai.service); fi
      ${gpuFunction}
      if ! { fault=$(wait_ai ${healthSeconds} "$restarts") && fault=$(gpu_fault); } && ! note=$(no_model); then
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
