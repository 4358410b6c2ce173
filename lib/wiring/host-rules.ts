/**
 * Who may talk to the AWS host whatever the other cloud does: the rules its security group is
 * created with.
 */
import type { Environment } from '../config/environment.ts';
import { Cidr } from '../values/cidr.ts';
import type { Rule } from './rule.ts';

const everyone = Cidr.everyone.toString();
/** Traffic that never leaves a machine: a rule about it allows nothing. */
const nowhere = Cidr.host('127.0.0.1').toString();

/**
 * The base rules of the host's security group: the web from everyone, SSH from the configured
 * ranges only, and the web outwards (packages, Session Manager). Name and time servers of AWS are
 * reached past security groups.
 */
export function hostRules({ names, aws }: Pick<Environment, 'names' | 'aws'>): Rule[] {
  const carrier = names.aws.hostGroup;
  const tcp = (direction: Rule['direction'], port: number, peer: string): Rule => ({
    cloud: 'aws',
    carrier,
    direction,
    protocol: 'tcp',
    ports: [port, port],
    peer,
  });
  const workplaces = new Set(aws.ssh.from.map(String));
  return [
    tcp('ingress', 80, everyone),
    tcp('ingress', 443, everyone),
    ...[...workplaces].map((range) => tcp('ingress', 22, range)),
    tcp('egress', 80, everyone),
    tcp('egress', 443, everyone),
    nothingElse(carrier),
  ];
}

/**
 * EC2 gives a new group a rule that allows every egress and takes it away only when the group is
 * created with an egress rule of its own. This is that rule. It is desired like the others, so that
 * it is not removed as a stray.
 */
export function nothingElse(carrier: string): Rule {
  return { cloud: 'aws', carrier, direction: 'egress', protocol: 'all', peer: nowhere };
}
