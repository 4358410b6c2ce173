/**
 * What must be allowed across the clouds, computed from the configuration and the two addresses.
 */
import type { Environment } from '../config/environment.ts';
import { DojangError } from '../errors/dojang-error.ts';
import { Cidr } from '../values/cidr.ts';
import { hostRules } from './host-rules.ts';
import { iapRange, type Rule } from './rule.ts';

/** The two addresses that outlive every machine. */
export interface Addresses {
  readonly aws: string;
  readonly gcp: string;
}

/**
 * Every rule that both sides must have, and no other.
 * @throws DojangError `open-ai-port` if the AI port would be open to more than the peer's single
 *   address.
 */
export function desiredRules(environment: Environment, addresses: Addresses): Rule[] {
  const rules = [...hostRules(environment), ...acrossTheClouds(environment, addresses)];
  refuseOpenAiPort(rules, environment.gcp.aiPort, addresses.aws);
  return rules;
}

function acrossTheClouds(environment: Environment, addresses: Addresses): Rule[] {
  const {
    names: { aws, gcp },
    gcp: { aiPort },
  } = environment;
  return [
    {
      cloud: 'aws',
      carrier: aws.hostGroup,
      direction: 'egress',
      protocol: 'tcp',
      ports: [aiPort, aiPort],
      peer: `${Cidr.host(addresses.gcp)}`,
    },
    {
      cloud: 'gcp',
      carrier: gcp.aiFirewall,
      direction: 'ingress',
      protocol: 'tcp',
      ports: [aiPort, aiPort],
      peer: `${Cidr.host(addresses.aws)}`,
    },
    { cloud: 'gcp', carrier: gcp.sshFirewall, direction: 'ingress', protocol: 'tcp', ports: [22, 22], peer: iapRange },
  ];
}

/** The last line of defence: whatever built the rules, the AI port is the peer's alone. */
export function refuseOpenAiPort(rules: readonly Rule[], aiPort: number, peer: string): void {
  for (const rule of rules) {
    const reaches =
      rule.cloud === 'gcp' && rule.direction === 'ingress' && (!rule.ports || (rule.ports[0] <= aiPort && aiPort <= rule.ports[1]));
    if (!reaches || rule.peer === `${peer}/32`) continue;
    throw new DojangError('open-ai-port', `refusing to open the AI port ${aiPort} to ${rule.peer}`, {
      why: `Only the AWS address, ${peer}/32, may reach the AI server.`,
      next: 'dojang outputs shows the address; dojang wire --check shows the rules as they are',
    });
  }
}

/** The other side's address, by SSM parameter name. */
export function endpointValues(environment: Environment, addresses: Addresses) {
  return {
    aws: addresses.aws,
    gcp: addresses.gcp,
    ai: `https://${addresses.gcp}:${environment.gcp.aiPort}`,
  } as const;
}
