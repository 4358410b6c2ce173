/** Swap: on, and as large as configured. */
import { text } from '../../../host/bash/bash-template.ts';
import type { HostName } from '../../../ports/host-shell.ts';
import type { Size } from '../../../values/size.ts';
import { failed, type HostCheck, ok, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';

export function swapCheck(from: HostName, size: Size, environment: string): HostCheck {
  return {
    id: `swap-${from}`,
    from,
    title: `swap of ${size} is on`,
    probe: { name: 'swap', script: swaps },
    verdict: (facts) => isOn(facts, size, `dojang provision --env ${environment}`),
  };
}

/** The recipe's file is called after the machine: embedded hosts share one list of swaps. */
const swaps = text`
  local file kind kib rest
  fact machine "$(cat /etc/machine-id)"
  while read -r file kind kib rest; do
    [ "$kib" = Size ] || fact swap "$file" "$kib" "$kind" "$rest"
  done </proc/swaps
`;

/** The first page of a swap file holds its header, and the kernel does not count it. */
const headerKib = 64;

function isOn(facts: Facts, size: Size, next: string): Verdict {
  const [machine = ''] = facts.first('machine');
  const own = facts.all('swap').find(([file = '']) => machine !== '' && file.endsWith(`/var/swap/${machine}`));
  if (!own) return failed('it is off', next);
  const kib = Number(own[1]);
  return kib + headerKib >= size.mib * 1024 ? ok('') : failed(`only ${Math.round(kib / 1024)} MiB are on`, next);
}
