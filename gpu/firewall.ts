/**
 * Who reaches the machine: the AWS address its AI port, Identity-Aware Proxy its SSH; everything
 * else is closed.
 */
import { Firewall } from '@pulumi/gcp/compute/firewall.js';
import type { Network } from '@pulumi/gcp/compute/network.js';
import type { Account } from '@pulumi/gcp/serviceaccount/account.js';
import { ComponentResource, type ComponentResourceOptions } from '@pulumi/pulumi';
import type { Environment } from '../lib/config/environment.ts';
import type { Cidr } from '../lib/values/cidr.ts';
import { iapRange } from '../lib/wiring/rule.ts';

export interface AiFirewallArgs {
  readonly environment: Environment;
  /** The one address that may call the AI server. */
  readonly peer: Cidr;
  readonly network: Network;
  /**
   * The rules hold for machines that run as this account; unlike a network tag, it can't be put on
   * another machine in passing.
   */
  readonly account: Account;
}

export class AiFirewall extends ComponentResource {
  readonly ai: Firewall;
  readonly ssh: Firewall;

  constructor(name: string, args: AiFirewallArgs, opts: ComponentResourceOptions) {
    super('dojang:gpu:AiFirewall', name, {}, opts);
    const { aiFirewall, sshFirewall } = args.environment.names.gcp;
    this.ai = this.allow(args, {
      id: 'ai-firewall',
      name: aiFirewall,
      description: 'AI port from the AWS address alone',
      source: args.peer.toString(),
      port: args.environment.gcp.aiPort,
    });
    this.ssh = this.allow(args, {
      id: 'ssh-firewall',
      name: sshFirewall,
      description: 'SSH through Identity-Aware Proxy alone',
      source: iapRange,
      port: 22,
    });
    this.registerOutputs();
  }

  private allow({ environment, network, account }: AiFirewallArgs, opening: Opening): Firewall {
    return new Firewall(
      opening.id,
      {
        project: environment.gcp.project,
        name: opening.name,
        description: opening.description,
        network: network.id,
        direction: 'INGRESS',
        priority: 1000,
        sourceRanges: [opening.source],
        targetServiceAccounts: [account.email],
        allows: [{ protocol: 'tcp', ports: [String(opening.port)] }],
        logConfig: { metadata: 'EXCLUDE_ALL_METADATA' },
      },
      { parent: this },
    );
  }
}

interface Opening {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly source: string;
  readonly port: number;
}
