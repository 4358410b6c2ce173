/**
 * Both clouds in memory, as far as deploying the GPU machine and wiring them ask: rules,
 * parameters, outputs and zones with stock.
 */
import type { Environment } from '../../lib/config/environment.ts';
import { type CapacityDetails, NoCapacity } from '../../lib/deployment/no-capacity.ts';
import type { ResourceChange } from '../../lib/inventory/resource.ts';
import type { FormerVolume } from '../../lib/ports/aws.ts';
import type { GcpInputs } from '../../lib/ports/gcp.ts';
import type { Outputs } from '../../lib/ports/outputs.ts';
import type { DiskSnapshot } from '../../lib/ports/snapshots.ts';
import { desiredRules } from '../../lib/wiring/desired.ts';
import { ruleKey } from '../../lib/wiring/difference.ts';
import type { ActualRule, Rule } from '../../lib/wiring/rule.ts';
import type { Clouds, Context } from '../../scripts/runtime/context.ts';
import { MemorySecrets } from './memory-secrets.ts';
import { MemoryAuditStore } from './runtime/audit/memory-audit-store.ts';
import { MemoryLockStore } from './runtime/lock/memory-lock-store.ts';

export const addresses = { aws: '203.0.113.10', gcp: '198.51.100.10' } as const;

export class MemoryClouds {
  readonly secrets = new MemorySecrets();
  readonly lock = new MemoryLockStore();
  readonly audit = new MemoryAuditStore();
  readonly notes: string[] = [];
  /** What was asked for that changes something, in order. */
  readonly calls: string[] = [];
  rules: ActualRule[] = [];
  parameters: Record<string, string> = {};
  /** What CloudFormation would still change of the network. */
  pending: ResourceChange[] = [];
  outputs: Readonly<Record<'aws' | 'gcp', Outputs>>;
  /** Inputs of the last deployment of GCP. */
  inputs: GcpInputs | undefined;
  /** Zones without capacity. */
  full: Readonly<Record<string, Pick<CapacityDetails, 'kind' | 'quota'>>> = {};
  /** What keeps GCP in its zone. */
  heldBy: readonly string[] = [];
  /** Rules that a call does not change, as when someone else is at work. */
  stubborn = false;
  /** Snapshots of both clouds. */
  snapshots: Readonly<Record<string, DiskSnapshot>> = {};
  formerVolumes: readonly FormerVolume[] = [];
  readonly #environment: Environment;

  constructor(environment: Environment) {
    this.#environment = environment;
    this.outputs = { aws: { Address: addresses.aws, HostGroupId: 'sg-1' }, gcp: { address: addresses.gcp, machine: 'ai' } };
  }

  /** As `up` leaves the rules. */
  deployRules(): void {
    this.inputs = { awsAddress: addresses.aws, zone: this.#environment.gcp.zones[0] ?? '' };
    this.rules = desiredRules(this.#environment, addresses).map(held);
  }

  context(options: Partial<Context['options']> = {}): Context {
    const report: Context['report'] = {
      tasks: (_, work) => work(),
      task: (_, work) => work(() => undefined),
      line: () => undefined,
      note: (text) => void this.notes.push(text),
    };
    return { environment: this.#environment, report, options: { approve: [], dryRun: false, ...options } };
  }

  clouds(): Clouds {
    const hosts = { reason: 'clouds in memory have none', next: 'dojang up' };
    return { aws: this.#aws(), gcp: this.#gcp(), secrets: this.secrets, hosts } as unknown as Clouds;
  }

  #aws() {
    const { addresses: first, network } = this.#environment.names.stacks;
    return {
      outputs: async (stacks: readonly string[]) => (stacks.includes(first) || stacks.includes(network) ? this.outputs.aws : {}),
      rules: async () => this.rules.filter(({ cloud }) => cloud === 'aws'),
      changes: async () => this.pending,
      allow: async (rule: Rule) => this.#change(`allow ${ruleKey(rule)}`, (rules) => [...rules, held(rule)]),
      revoke: (rule: ActualRule) => this.#revoke(rule),
      lockStore: () => this.lock,
      auditStore: () => this.audit,
      snapshot: async (id: string) => this.snapshots[id],
      releaseVolumes: async () => this.formerVolumes,
      destroy: async (stacks: readonly string[]) => void this.calls.push(`destroy ${stacks.join(' ')}`),
      deploy: async (stacks: readonly string[]) => void this.calls.push(`deploy ${stacks.join(' ')}`),
      parameters: async (names: readonly string[]) =>
        Object.fromEntries(Object.entries(this.parameters).filter(([name]) => names.includes(name))),
      putParameter: async (name: string, value: string) => {
        this.calls.push(`put ${name}`);
        this.parameters[name] = value;
      },
    };
  }

  #gcp() {
    return {
      outputs: async () => this.outputs.gcp,
      inputs: async () => this.inputs,
      snapshot: async (name: string) => this.snapshots[name],
      rules: async () => this.rules.filter(({ cloud }) => cloud === 'gcp'),
      revoke: (rule: ActualRule) => this.#revoke(rule),
      up: (inputs: GcpInputs) => this.#up(inputs),
      repairRules: async (inputs: GcpInputs) =>
        this.#change(`repair ${inputs.awsAddress} ${inputs.zone}`, (rules) => [
          ...rules.filter(({ cloud }) => cloud === 'aws'),
          ...desiredRules(this.#environment, { ...addresses, aws: inputs.awsAddress })
            .filter(({ cloud }) => cloud === 'gcp')
            .map(held),
        ]),
    };
  }

  async #up(inputs: GcpInputs): Promise<Outputs> {
    this.calls.push(`up ${inputs.zone} for ${inputs.awsAddress}${inputs.approved?.length ? `, approved ${inputs.approved}` : ''}`);
    const lack = this.full[inputs.zone];
    if (lack) throw new NoCapacity({ ...lack, zone: inputs.zone, zonesAvailable: undefined }, this.heldBy);
    this.inputs = inputs;
    return { address: addresses.gcp, zone: inputs.zone };
  }

  async #revoke(rule: ActualRule): Promise<void> {
    await this.#change(`revoke ${ruleKey(rule)}`, (rules) => rules.filter((each) => each !== rule));
  }

  async #change(call: string, to: (rules: ActualRule[]) => ActualRule[]): Promise<void> {
    this.calls.push(call);
    if (!this.stubborn) this.rules = to(this.rules);
  }
}

const held = (rule: Rule): ActualRule => ({ ...rule, handle: `handle of ${ruleKey(rule)}` });
