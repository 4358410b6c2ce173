/** Security updates that install themselves. */
import type { HostName } from '../../ports/host-shell.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import type { HostStep } from '../bash/step.ts';

/**
 * The driver is built for one kernel: either of them renewed alone leaves the machine without its
 * GPU.
 */
const kept: Readonly<Record<HostName, readonly string[]>> = {
  aws: [],
  gcp: ['^linux-', '^nvidia-', '^libnvidia-', '^cuda-', '^xserver-xorg-video-nvidia-'],
};

/**
 * By the timers of apt; the unit of the same name only waits for a running update at shutdown, and
 * the GPU machine starts without it. What needs a restart waits for the maintenance window
 * (reboot-window.ts).
 */
export function upgrades(host: HostName): HostStep {
  return filesStep({
    id: 'upgrades',
    title: kept[host].length > 0 ? 'Security updates, without kernel and driver' : 'Security updates',
    files: [
      {
        path: '/etc/apt/apt.conf.d/52dojang-upgrades',
        content: text`
          APT::Periodic::Update-Package-Lists "1";
          APT::Periodic::Unattended-Upgrade "1";
          APT::Periodic::AutocleanInterval "7";
          Unattended-Upgrade::Automatic-Reboot "false";
          Unattended-Upgrade::Remove-Unused-Dependencies "true";
          Unattended-Upgrade::Package-Blacklist { ${kept[host].map((name) => `"${name}";`).join(' ')} };
        `,
      },
    ],
    check: text`
      unit_differs apt-daily.timer
      unit_differs apt-daily-upgrade.timer
    `,
    apply: text`
      start_unit apt-daily.timer
      start_unit apt-daily-upgrade.timer
    `,
  });
}
