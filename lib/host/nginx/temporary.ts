/**
 * A file system in memory for what nginx writes while it works: full, it refuses a request, and
 * never fills the disk of the machine.
 */
import type { Environment } from '../../config/environment.ts';
import type { HostName } from '../../ports/host-shell.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import type { HostStep } from '../bash/step.ts';
import { aiMemoryOf, requestMebibytes, requestsAtOnce } from '../services/ai-memory.ts';

export const nginxTemporary = '/var/cache/nginx';

const unit = 'var-cache-nginx.mount';

/**
 * MiB at most; what is not used takes no memory. AWS, of 8 GiB: bodies and answers pass through,
 * only the cache (8 MiB) is written. GCP, of 7.5 GiB and more, 70 % of which the AI server may
 * take: all contracts that the API sends at once, of the largest size, and one more.
 */
function mebibytesOf(host: HostName, environment: Environment): number {
  if (host === 'aws') return 32;
  return Math.max(256, requestMebibytes * (requestsAtOnce(aiMemoryOf(environment).concurrency) + 1));
}

/** For the frame of nginx's configuration: every place that it writes to beside its logs. */
export const temporaryPaths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((kind) => `${kind}_temp_path ${nginxTemporary}/${kind};`)
  .join('\n');

export function nginxTemporaryFiles(host: HostName, environment: Environment): HostStep {
  const mebibytes = mebibytesOf(host, environment);
  const size = `${mebibytes * 1024}k`;
  const options = `size=${size},nr_inodes=10k,mode=0755,nosuid,nodev,noexec`;
  return filesStep({
    id: 'nginx-temporary',
    title: `Temporary files of nginx on ${mebibytes} MiB of memory at most`,
    files: [
      {
        path: `/etc/systemd/system/${unit}`,
        content: text`
          [Unit]
          Description=Temporary files of nginx
          Before=nginx.service

          [Mount]
          What=tmpfs
          Where=${nginxTemporary}
          Type=tmpfs
          Options=${options}

          [Install]
          WantedBy=local-fs.target
        `,
      },
    ],
    check: text`
      systemctl is-enabled -q ${unit} 2>/dev/null || echo "${unit} is not enabled"
      if [ "$(findmnt -n -o FSTYPE --mountpoint ${nginxTemporary})" != tmpfs ]; then
        echo "${nginxTemporary} is not a file system of its own"
      elif ! findmnt -n -o OPTIONS --mountpoint ${nginxTemporary} | grep -q 'size=${size}'; then
        echo "${nginxTemporary} is not of ${mebibytes} MiB"
      fi
    `,
    apply: text`
      systemctl daemon-reload
      systemctl enable -q ${unit}
      mkdir -p ${nginxTemporary}
      if mountpoint -q ${nginxTemporary}; then
        mount -o remount,${options} ${nginxTemporary}
      else
        systemctl start ${unit}
      fi
    `,
  });
}
