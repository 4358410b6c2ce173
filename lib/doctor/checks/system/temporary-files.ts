/** Where nginx keeps temporary files: on a file system of their own that is not full. */
import { text } from '../../../host/bash/bash-template.ts';
import { nginxTemporary } from '../../../host/nginx/temporary.ts';
import type { HostName } from '../../../ports/host-shell.ts';
import { failed, type HostCheck, ok, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';

/** Percent. */
const fullest = 85;

export function temporaryFilesCheck(from: HostName, environment: string): HostCheck {
  return {
    id: `nginx-temporary-${from}`,
    from,
    title: 'temporary files of nginx have room of their own',
    probe: {
      name: 'nginx-temporary',
      script: text`
        fact type "$(findmnt -n -o FSTYPE --mountpoint ${nginxTemporary})"
        fact used "$(df -Pk ${nginxTemporary} | awk 'NR == 2 { sub("%", "", $5); print $5 }')"
      `,
    },
    verdict: (facts) => hasRoom(facts, from, environment),
  };
}

function hasRoom(facts: Facts, from: HostName, environment: string): Verdict {
  const [[type = ''], [used = '']] = [facts.first('type'), facts.first('used')];
  if (type !== 'tmpfs') return failed(`${nginxTemporary} is on the disk of the machine`, `dojang provision --env ${environment}`);
  const percent = Number(used);
  return percent > fullest
    ? failed(`${percent} % used`, `du -a ${nginxTemporary} on the ${from} host shows what fills it`)
    : ok(`${percent} % used`);
}
