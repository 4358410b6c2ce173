/** What must listen on loopback only, whatever the firewall does. */
import { text } from '../../../host/bash/bash-template.ts';
import type { HostName } from '../../../ports/host-shell.ts';
import { failed, type HostCheck, ok, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';

interface Listener {
  readonly id: string;
  readonly from: HostName;
  readonly who: string;
  readonly ports: readonly number[];
}

export function listenerCheck({ id, from, who, ports }: Listener, environment: string): HostCheck {
  return {
    id,
    from,
    title: `${who} listens on loopback only`,
    probe: { name: 'listeners', script: listeners },
    verdict: (facts) => onLoopback(facts, ports, `dojang provision --env ${environment}`),
  };
}

const listeners = text`
  local local_address
  fact asked yes
  ss -Hltn | awk '{ print $4 }' | sort -u | while read -r local_address; do
    fact listener "$local_address"
  done
`;

function onLoopback(facts: Facts, ports: readonly number[], next: string): Verdict {
  if (facts.first('asked').length === 0) return failed('could not be asked', next);
  const found = facts.all('listener').flatMap(([address = '']) => (ports.includes(portOf(address)) ? [address] : []));
  const wide = found.filter((address) => !/^(127\.|\[::1\]|\[::ffff:127\.)/.test(address));
  if (wide.length > 0) return failed(`listens on ${wide.join(', ')}`, next);
  return ok(found.length === 0 ? 'no TCP at all' : found.join(', '));
}

function portOf(address: string): number {
  return Number(address.slice(address.lastIndexOf(':') + 1));
}
