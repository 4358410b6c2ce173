/** What an update has installed and the machine does not run yet, such as a new kernel. */
import type { Maintenance } from '../../../config/schema/maintenance.ts';
import { text } from '../../../host/bash/bash-template.ts';
import { rebootSlot, slotText } from '../../../host/packages/reboot-window.ts';
import type { HostName } from '../../../ports/host-shell.ts';
import { failed, type HostCheck, ok, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';

/** Days after which a window must have come and gone. */
const longest = 8;
/** Packages that are named. */
const most = 3;

export function rebootCheck(from: HostName, maintenance: Maintenance): HostCheck {
  return {
    id: `reboot-${from}`,
    from,
    title: 'runs what updates have installed',
    probe: { name: 'reboot', script: required },
    verdict: (facts) => verdict(facts, from, maintenance),
  };
}

/**
 * The file's birth is the first request since the machine started: every later update writes into
 * the same file, and /run is empty after a restart. The birth is 0 where the file system doesn't
 * know it (tmpfs does since Linux 5.18), and the last change has to do.
 */
const required = text`
  local name born changed
  fact asked yes
  [ -e /var/run/reboot-required ] || return
  read -r born changed < <(stat -c '%W %Y' /var/run/reboot-required)
  fact since "$((($(date +%s) - (born > 0 ? born : changed)) / 86400))"
  while read -r name; do fact package "$name"; done < <(sort -u /var/run/reboot-required.pkgs)
`;

/**
 * A restart that is due in the next window is as it should be. One that no window brings, or that a
 * window did not bring, is not.
 */
function verdict(facts: Facts, from: HostName, maintenance: Maintenance): Verdict {
  const next = `journalctl -u dojang-reboot on the ${from} host says why; systemctl reboot there restarts it now`;
  if (facts.first('asked').length === 0) return failed('could not be asked', next);
  const [days] = facts.first('since');
  if (days === undefined) return ok('');
  const reason = `restart due for ${packagesOf(facts)}`;
  const slot = rebootSlot(from, maintenance);
  if (slot === undefined) {
    const byHand = `systemctl reboot on the ${from} host when it suits, or a host.maintenance.day in dojang.config.ts`;
    return failed(`${reason}, and host.maintenance.day is never`, byHand);
  }
  return Number(days) > longest ? failed(`${reason}, for ${days} days`, next) : ok(`${reason}: ${slotText(slot)}`);
}

function packagesOf(facts: Facts): string {
  const names = facts.all('package').map(([name = '']) => name);
  if (names.length === 0) return 'an update';
  const rest = names.length - most;
  return `${names.slice(0, most).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
