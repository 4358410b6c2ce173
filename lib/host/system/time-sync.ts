/** The clock: certificates, sessions and deadlines of both clouds are compared with it. */
import type { HostName } from '../../ports/host-shell.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import type { HostStep } from '../bash/step.ts';

/**
 * Each cloud's own clock, which is reached past its firewalls.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configure-ec2-ntp.html
 * https://cloud.google.com/compute/docs/instances/configure-ntp
 */
const sources: Readonly<Record<HostName, string>> = {
  aws: 'server 169.254.169.123 prefer iburst minpoll 4 maxpoll 4',
  gcp: 'server metadata.google.internal prefer iburst',
};

/**
 * In a container the clock is the machine's, and chrony may not set it. A new source counts from
 * the restart on, which is waited for.
 */
export function timeSync(host: HostName): HostStep {
  return filesStep({
    id: 'time-sync',
    title: "Clock set by the cloud's own",
    files: [{ path: '/etc/chrony/conf.d/dojang.conf', content: `${sources[host]}\nmakestep 1 3` }],
    check: text`
      in_container && return 0
      unit_differs chrony.service
      chronyc -n tracking 2>/dev/null | grep -q '^Leap status *: Normal' || echo "the clock is not synchronised"
    `,
    apply: text`
      ! in_container || return 0
      systemctl enable -q chrony.service
      systemctl restart chrony.service
      chronyc waitsync 60 0.5
    `,
    limitSeconds: 700,
  });
}
