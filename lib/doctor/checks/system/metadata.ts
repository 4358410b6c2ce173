/**
 * Services that must not get the machine's role from the metadata service of its cloud: what the
 * role opens, root alone may read.
 */
import { text } from '../../../host/bash/bash-template.ts';
import { metadataAddress } from '../../../host/system/metadata-address.ts';
import type { HostName } from '../../../ports/host-shell.ts';
import { failed, type HostCheck, ok, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';
import { unitFunctions, unitId, unitWord } from './unit-words.ts';

/**
 * One check for each unit, tried from inside its control group: what systemd filters there is what
 * a program of the unit would meet.
 */
export function metadataChecks(from: HostName, units: readonly string[], environment: string): HostCheck[] {
  const probe = { name: 'metadata', script: attempts(units) };
  return units.map((unit) => ({
    id: unitId('metadata', unit, from),
    from,
    title: `metadata service is closed to ${unit}`,
    probe,
    verdict: (facts) => isRefused(facts, unit, environment),
  }));
}

function attempts(units: readonly string[]): string {
  return text`
    ${unitFunctions(units)}
    # try NAME UNIT: what is filtered is silent until the time is up, so all are tried at once
    try() {
      local group
      group=/sys/fs/cgroup$(systemctl show --property ControlGroup --value "$2")/cgroup.procs
      if systemctl is-active --quiet "$2" && [ -w "$group" ]; then
        (echo "$BASHPID" >"$group" && exec curl --silent --noproxy '*' --max-time 2 --output /dev/null http://${metadataAddress}/)
        fact unit "$1" "$?"
      else
        fact unit "$1" off
      fi
    }
    ${units.map((unit) => `try ${unit} ${unitWord(unit)} &`).join('\n')}
    wait
  `;
}

/**
 * What curl exits with when systemd filters the address: it could not connect, or the time was up.
 * https://curl.se/docs/manpage.html
 */
const filtered = ['7', '28'];

function isRefused(facts: Facts, unit: string, environment: string): Verdict {
  const [, exit] = facts.all('unit').find(([name]) => name === unit) ?? [];
  const again = `dojang doctor --env ${environment}`;
  if (exit === undefined) return failed('could not be tried', again);
  if (exit === 'off') return ok('it does not run');
  if (exit === '0') return failed('it is answered, and may take the role of the host', `dojang provision --env ${environment}`);
  return filtered.includes(exit) ? ok('') : failed(`could not be tried: the attempt ended with status ${exit}`, again);
}
