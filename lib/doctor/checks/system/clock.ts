/** Clocks: certificates, sign-ins and deadlines go by them. */
import { text } from '../../../host/bash/bash-template.ts';
import type { HostName } from '../../../ports/host-shell.ts';
import { fixedText } from '../../../values/number-text.ts';
import { type Asked, failed, type HostCheck, ok, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';

/** Seconds. */
const largest = 2;

export function clockChecks(from: HostName): HostCheck[] {
  return [
    {
      id: `clock-${from}`,
      from,
      title: 'clock agrees with this machine',
      probe: { name: 'doctor', script: ':' },
      verdict: agrees,
    },
    {
      id: `time-sync-${from}`,
      from,
      title: 'clock is kept by a time server',
      probe: { name: 'time-sync', script: timeSync },
      verdict: isKept,
    },
  ];
}

const timeSync = text`
  if systemd-detect-virt --container --quiet; then
    fact synchronised container
  else
    fact synchronised "$(timedatectl show --property NTPSynchronized --value)"
  fi
`;

/**
 * The host printed its time twice, between our question and its answer. If its clock is ahead by d,
 * then `began + d <= begin` of the host and `end <= ended + d`: d lies between the two differences,
 * and how far they are apart is the latency of the command.
 */
function agrees(facts: Facts, { began, ended }: Asked): Verdict {
  const seconds = (key: string) => Number(facts.first(key)[0] ?? Number.NaN);
  const most = seconds('begin') - began.getTime() / 1000;
  const least = seconds('end') - ended.getTime() / 1000;
  if (Number.isNaN(most) || Number.isNaN(least)) return failed('it printed no time', 'dojang doctor');
  const ahead = least > 0 ? least : Math.min(most, 0);
  const detail =
    ahead === 0
      ? `within ${fixedText(most - least, 1)} s`
      : `${fixedText(Math.abs(ahead), 1)} s ${ahead > 0 ? 'ahead' : 'behind'} at least`;
  return Math.abs(ahead) > largest ? failed(detail, 'timedatectl on the host, and date here: one of the two clocks is wrong') : ok(detail);
}

function isKept(facts: Facts): Verdict {
  const [state = ''] = facts.first('synchronised');
  if (state === 'container') return ok('it is the clock of the machine that the container runs on');
  return state === 'yes' ? ok('') : failed('it is not', 'systemctl status chrony on the host');
}
