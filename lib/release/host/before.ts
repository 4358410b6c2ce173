/** What is looked at before anything is changed: room on the disk, and what serves. */
import { text } from '../../host/bash/bash-template.ts';
import { units } from '../../host/paths.ts';
import type { App } from '../artifact.ts';
import { stepSeconds } from '../plan/limits.ts';
import { type HostReleaseOptions, type HostScript, hostScript } from './script.ts';

/**
 * MiB that must be free at least: the size of an artifact is not known before it is built. The
 * API's brings its Node, the AI server's its packages; `unpack` compares with the real size.
 */
const leastMebibytes: Readonly<Record<App, number>> = { web: 64, api: 600, ai: 600 };

/**
 * Outcome `healthy`, `unhealthy` with what is wrong as note, or `none` when nothing serves yet.
 * What is not healthy is reported and not refused: the release, or the rollback that begins with
 * this step too, may be what mends it. Fails where there is no room, even after old releases went;
 * a release that lies on the host already needs none.
 */
export function beforeScript(component: App, { digest }: Pick<HostReleaseOptions, 'digest'>): HostScript {
  return hostScript({
    step: 'before',
    component,
    digest,
    seconds: stepSeconds.before,
    body: text`
      ${component === 'api' ? requireSlots : ''}
      prune_releases "$release"
      if [ ! -f "$release/.complete" ]; then
        largest=$(find "$home/releases" -mindepth 1 -maxdepth 1 -type d -exec du -sk {} + | sort -n | tail -n 1 | cut -f1)
        need=$((2 * \${largest:-0}))
        if ((need < ${leastMebibytes[component] * 1024})); then need=${leastMebibytes[component] * 1024}; fi
        make_room "$need"
      fi
      room="$(($(free_kib) / 1024)) MiB are free"
      if ! serving=$(serving_release); then
        report none - "$room"
        exit 0
      fi
      fault=$(serving_fault)
      if [ -n "$fault" ]; then
        report unhealthy "$(basename "$serving")" "$fault"
      else
        report healthy "$(basename "$serving")" "$room"
      fi
    `,
  });
}

const requireSlots = text`
  if [ ! -e /etc/systemd/system/${units.api} ] || ! grep -qs api-upstream.conf /etc/nginx/dojang/site.conf; then
    echo "this host has no slots for the API yet: dojang provision makes them, and the API serves on meanwhile"
    exit 1
  fi
`;
