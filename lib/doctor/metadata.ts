/** Services that must not get the machine's role from the metadata service of its cloud: what the role opens, root alone may read. */
import { metadataAddress } from '../host/metadata-address.ts';
import type { HostName } from '../host/shell.ts';
import { text } from '../host/text.ts';
import { failed, type HostCheck, ok, type Verdict } from './check.ts';
import type { Facts } from './facts.ts';

/** One check for each unit, tried from inside its control group: what systemd filters there is what a program of the unit would meet. */
export function metadataChecks(from: HostName, units: readonly string[], environment: string): HostCheck[] {
  const probe = { name: 'metadata', script: attempts(units) };
  return units.map((unit) => ({
    id: `metadata-${unit.replace(/\.service$/, '')}-${from}`,
    from,
    title: `${unit} does not reach the metadata service`,
    probe,
    verdict: (facts) => isRefused(facts, unit, environment),
  }));
}

function attempts(units: readonly string[]): string {
  return text`
    local unit group
    for unit in ${units.join(' ')}; do
      group=/sys/fs/cgroup$(systemctl show --property ControlGroup --value "$unit")/cgroup.procs
      if systemctl is-active --quiet "$unit" && [ -w "$group" ]; then
        (echo "$BASHPID" >"$group" && exec curl --silent --noproxy '*' --max-time 2 --output /dev/null http://${metadataAddress}/)
        fact unit "$unit" "$?"
      else
        fact unit "$unit" off
      fi
    done
  `;
}

function isRefused(facts: Facts, unit: string, environment: string): Verdict {
  const [, exit] = facts.all('unit').find(([name]) => name === unit) ?? [];
  if (exit === undefined) return failed('could not be tried', `dojang doctor --env ${environment}`);
  if (exit === '0') return failed('it is answered, and may take the role of the host', `dojang provision --env ${environment}`);
  return ok(exit === 'off' ? 'it does not run' : '');
}
