/** What can be reached from the internet. */
import type { Environment } from '../../../config/environment.ts';
import type { Addresses } from '../../../wiring/desired.ts';
import { failed, ok, type PortCheck, type PortResult, type Verdict } from '../../check.ts';
import { allClosed, mysqlPorts } from './database.ts';

const web = [80, 443] as const;

/**
 * The web on the AWS address, and nothing else anywhere. SSH is not tried where the configuration
 * opens it.
 */
export function externalChecks({ name, aws, gcp }: Environment, addresses: Addresses): PortCheck[] {
  const inside = [...mysqlPorts, 8080, 8000, gcp.aiPort];
  const ssh = aws.ssh.from.length > 0 ? [] : [22];
  const closed = (id: string, title: string, address: string, ports: readonly number[]): PortCheck => ({
    id,
    from: 'external',
    title,
    address,
    ports,
    verdict: (outcomes) => allClosed(outcomes, name),
  });
  return [
    ...web.map(
      (port): PortCheck => ({
        id: `web-${port}`,
        from: 'external',
        title: `reaches ${port} of ${addresses.aws}`,
        address: addresses.aws,
        ports: [port],
        verdict: (outcomes) => isOpen(outcomes, name),
      }),
    ),
    closed('closed-aws', `reaches nothing else of ${addresses.aws}`, addresses.aws, [...new Set([...ssh, ...inside])]),
    closed('closed-gcp', `reaches nothing of ${addresses.gcp}`, addresses.gcp, [...new Set([22, ...web, ...inside])]),
  ];
}

function isOpen(outcomes: readonly PortResult[], environment: string): Verdict {
  const [outcome] = outcomes.map((each) => each.outcome);
  if (outcome === 'open') return ok('');
  const next = outcome === 'refused' ? 'systemctl status nginx on the aws host' : `dojang wire --env ${environment}`;
  return failed(outcome === 'refused' ? 'refused: no program listens' : 'no answer', next);
}
