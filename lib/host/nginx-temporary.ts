/** A file system in memory for what nginx writes while it works: full, it refuses a request, and never fills the disk of the machine. */
import { filesStep } from './files.ts';
import type { HostName } from './shell.ts';
import type { HostStep } from './step.ts';
import { text } from './text.ts';

export const nginxTemporary = '/var/cache/nginx';

const unit = 'var-cache-nginx.mount';

/**
 * MiB at most; what is not used takes no memory. AWS, of 8 GiB: bodies and answers pass through, only the cache (8 MiB) is written. GCP, of
 * 7.5 GiB, 70 % of which the AI server may take: the API sends five contracts at once, of 38 MiB at most each (28 MiB in base64).
 */
const mebibytes: Readonly<Record<HostName, number>> = { aws: 32, gcp: 256 };

/** For the frame of nginx's configuration: every place that it writes to beside its logs. */
export const temporaryPaths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
  .map((kind) => `${kind}_temp_path ${nginxTemporary}/${kind};`)
  .join('\n');

export function nginxTemporaryFiles(host: HostName): HostStep {
  const size = `${mebibytes[host] * 1024}k`;
  const options = `size=${size},nr_inodes=10k,mode=0755,nosuid,nodev,noexec`;
  return filesStep({
    id: 'nginx-temporary',
    title: `Temporary files of nginx on ${mebibytes[host]} MiB of memory at most`,
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
        echo "${nginxTemporary} is not of ${mebibytes[host]} MiB"
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
