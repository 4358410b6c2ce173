/** MySQL: it answers the API's account on its own machine, and no other machine. */
import { text } from '../../../host/bash/bash-template.ts';
import { paths } from '../../../host/paths.ts';
import type { PortOutcome } from '../../../ports/prober.ts';
import { failed, type HostCheck, ok, type PortResult, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';

/** The classic and the X protocol. */
export const mysqlPorts = [3306, 33060] as const;

/**
 * Signs in as the API does, with the settings that the API has. The password goes through a pipe:
 * never an argument, never printed.
 */
const signIn = text`
  local host socket password
  setting() {
    sed -n "s/^$1=//p" ${paths.settings}/api.env | tail -n 1 | sed -e 's/^"\(.*\)"$/\1/' -e 's/\\\(.\)/\1/g'
  }
  options() {
    password=$(setting MYSQL_PASSWORD)
    password=\${password//\\/\\\\}
    printf '[client]\nuser=%s\npassword="%s"\n' "$(setting MYSQL_USER)" "\${password//\"/\\\"}"
    socket=$(setting MYSQL_SOCKET)
    host=$(setting MYSQL_HOST)
    if [ -n "$socket" ]; then
      printf 'socket=%s\n' "$socket"
    else
      printf 'protocol=tcp\nhost=%s\nport=%s\n' "\${host:-127.0.0.1}" "$(setting MYSQL_PORT)"
    fi
  }
  local said status
  said=$(timeout 10 mysql --defaults-file=<(options | sed 's/^port=$/port=3306/') -N -e 'SELECT 1' 2>&1 | tail -n 1)
  status=$?
  fact answer "$status" "$said"
`;

export function databaseChecks(environment: string): HostCheck[] {
  const provision = `dojang provision --env ${environment}`;
  return [
    {
      id: 'mysql',
      from: 'aws',
      title: "MySQL answers the API's account",
      probe: { name: 'mysql', script: signIn },
      verdict: (facts) => answers(facts, provision),
    },
  ];
}

function answers(facts: Facts, provision: string): Verdict {
  const [status, said = ''] = facts.first('answer');
  if (status === '0' && said === '1') return ok('');
  return failed(said || 'no answer', provision);
}

/** From the GPU machine nothing of the AWS host may be reached but the web. */
export function databaseFromGpu(address: string, environment: string): HostCheck {
  const closed = [...mysqlPorts, 8080];
  return {
    id: 'mysql-from-gcp',
    from: 'gcp',
    title: `MySQL and the API (${closed.join(', ')}) are out of reach`,
    probe: { name: 'mysql-from-gcp', script: tryPorts(address, closed) },
    verdict: (facts) => {
      const results = facts.all('port').map(([port, outcome]) => ({ port: Number(port), outcome: outcome as PortOutcome }));
      if (results.length < closed.length) return failed('could not be tried', `dojang doctor --env ${environment}`);
      return allClosed(results, environment);
    },
  };
}

function tryPorts(address: string, ports: readonly number[]): string {
  return text`
    local port said
    for port in ${ports.join(' ')}; do
      said=$(timeout 3 bash -c "exec 3<>/dev/tcp/${address}/$port" 2>&1)
      case $?:$said in
        0:*) fact port "$port" open ;;
        *refused*) fact port "$port" refused ;;
        *) fact port "$port" silent ;;
      esac
    done
  `;
}

/** A refusal is no silence: the packet has passed the firewall. */
export function allClosed(results: readonly PortResult[], environment: string): Verdict {
  const heard = results.filter(({ outcome }) => outcome !== 'silent').map(({ port, outcome }) => `${port} ${outcomeText[outcome]}`);
  if (heard.length === 0) return ok(`${results.length} ports silent`);
  return failed(heard.join(', '), `dojang wire --env ${environment}`);
}

const outcomeText: Record<PortOutcome, string> = {
  open: 'is open',
  refused: 'is refused by the machine itself: the firewall lets it pass',
  silent: 'is silent',
};
