/** Room on the disks, and that the data is on its own one. */
import { text } from '../../../host/bash/bash-template.ts';
import { paths } from '../../../host/paths.ts';
import type { HostName } from '../../../ports/host-shell.ts';
import { fixedText } from '../../../values/number-text.ts';
import { failed, type HostCheck, ok, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';

/** Percent. */
const fullest = 85;
const mysqlFolder = '/var/lib/mysql';

export function diskChecks(from: HostName, environment: string): HostCheck[] {
  const provision = `dojang provision --env ${environment}`;
  const room = (mount: string, next: string): HostCheck => ({
    id: `disk-${from}-${mount === '/' ? 'root' : 'data'}`,
    from,
    title: `room on ${mount}`,
    probe: disks,
    verdict: (facts) => hasRoom(facts, mount, next),
  });
  const mounted: HostCheck = {
    id: `mount-${from}`,
    from,
    title: `data volume is at ${paths.data}`,
    probe: disks,
    verdict: (facts) => (deviceAt(facts, paths.data) ? ok('') : failed('nothing is mounted there', provision)),
  };
  const key = from === 'aws' ? 'dataDisk' : 'gcp.dataDisk';
  return [
    room('/', `df and du -xh / on the ${from} host show what fills it`),
    room(paths.data, `a larger ${key} in dojang.config.ts, then dojang up --env ${environment}`),
    mounted,
    ...(from === 'aws' ? [databaseOnVolume(provision)] : []),
  ];
}

const disks = {
  name: 'disks',
  script: text`
    local mount percent free device root
    for mount in / ${paths.data}; do
      read -r percent free < <(df -Pk "$mount" | awk 'NR == 2 { print $5, $4 }') && fact room "$mount" "$percent" "$free"
    done
    for mount in ${paths.data} ${mysqlFolder}; do
      read -r device root < <(findmnt -n -o MAJ:MIN,FSROOT --mountpoint "$mount") && fact mount "$mount" "$device" "$root"
    done
  `,
};

function hasRoom(facts: Facts, mount: string, next: string): Verdict {
  const [, percent, free] = facts.all('room').find(([where]) => where === mount) ?? [];
  const used = Number.parseInt(percent ?? '', 10);
  if (Number.isNaN(used)) return failed('could not be asked', next);
  const detail = `${used} % used, ${gib(Number(free))} GiB free`;
  return used > fullest ? failed(detail, next) : ok(detail);
}

function gib(kib: number): string {
  return fixedText(kib / 1024 / 1024, 1);
}

function databaseOnVolume(provision: string): HostCheck {
  return {
    id: 'mount-mysql',
    from: 'aws',
    title: `data of MySQL (${mysqlFolder}) is on the data volume`,
    probe: disks,
    verdict: (facts) => {
      const own = deviceAt(facts, mysqlFolder);
      if (!own) return failed('it is on the disk of the machine, and would go with it', provision);
      if (own !== deviceAt(facts, paths.data)) return failed('it is on another volume', provision);
      return ok('');
    },
  };
}

function deviceAt(facts: Facts, mount: string): string | undefined {
  return facts.all('mount').find(([where]) => where === mount)?.[1];
}
