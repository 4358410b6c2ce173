/**
 * What an environment could be instead: other shapes, machines and GPUs, one at a time, each with
 * what it means.
 */
import type { Environment } from '../../config/environment.ts';
import { awsMachine, gcpMachine, type MachineType } from '../../config/machines.ts';
import { rules } from '../../config/rules.ts';
import type { BilledResource } from '../component.ts';
import type { PriceBook } from '../prices/price.ts';
import { isUnknown } from '../resources/property-reader.ts';
import type { WhatIf } from '../what-if/change.ts';
import { databaseClass } from '../what-if/database-class.ts';

export interface Choice {
  /** `m7g.xlarge`, `split`, `gpu runpod`. */
  readonly name: string;
  readonly asked: WhatIf;
  /** What would be different, and what speaks for or against it; one sentence. */
  readonly means: string;
  /** Why `dojang up` does not do it; undefined when a setting of the configuration is enough. */
  readonly notDeployable?: string;
}

export interface ChoiceInput {
  readonly environment: Environment;
  readonly resources: readonly BilledResource[];
  readonly book: PriceBook;
  /** Like `aws=us-east-1`: every choice is priced there. */
  readonly region: readonly string[];
}

/** Everything that differs from the plan; the plan itself is none of them. */
export function choicesOf(input: ChoiceInput): Choice[] {
  const choices = [...regionChoice(input), ...topologies(input), ...awsMachines(input), ...gcpMachines(input), ...gpus(input)];
  return choices.map((choice) => ({ ...choice, asked: { ...choice.asked, region: input.region } }));
}

const nothing: WhatIf = { region: [], machine: [] };

function regionChoice({ region }: ChoiceInput): Choice[] {
  if (region.length === 0) return [];
  const means = 'the plan as it is, in another region; what is there now stays behind until it is moved';
  return [{ name: region.join(' '), asked: nothing, means }];
}

function topologies({ environment, resources }: ChoiceInput): Choice[] {
  if (!resources.some(({ type }) => type === hostType)) return [];
  const notDeployable = 'dojang up knows one machine with everything on it';
  return [
    {
      name: 'split',
      asked: { ...nothing, topology: 'split' },
      means: splitMeans(environment),
      notDeployable,
    },
    {
      name: 'private',
      asked: { ...nothing, topology: 'private' },
      means: 'the same behind a balancer, reaching out through NAT: no machine has an address of its own',
      notDeployable,
    },
  ];
}

/** What takes the place of the machine, and that nothing else is smaller than it was. */
function splitMeans({ aws, host }: Environment): string {
  const size = databaseClass(host.bufferPool);
  const database = isUnknown(size)
    ? `a managed database without a price, as ${size.reason}`
    : `${size}, for a buffer pool of ${host.bufferPool}`;
  return (
    `two t4g.small (2 GiB each) in place of ${aws.machine}, each with a root disk, alarms and metrics like its own, and MySQL on ` +
    `${database} and as much data as now; backups are RDS’s, not snapshots`
  );
}

const hostType = 'AWS::EC2::Instance';
const gpuHostType = 'gcp:compute/instance:Instance';

/** The machines of the book that take the image of the plan. */
function awsMachines({ environment, resources, book }: ChoiceInput): Choice[] {
  const host = resources.find(({ type }) => type === hostType);
  const planned = awsMachine(environment.aws.machine);
  if (!host || !planned) return [];
  const priced = book.prices.filter(({ provider, service, region }) => provider === 'aws' && service === 'ec2' && region === host.region);
  return priced.flatMap(({ item }) => {
    const machine = awsMachine(item);
    if (!machine || item === planned.name || machine.architecture !== planned.architecture) return [];
    const notDeployable = refusal({ ...environment, aws: { ...environment.aws, machine: item } });
    const asked = { ...nothing, machine: [`aws=${item}`] };
    return { name: item, asked, means: shapeOf(machine, planned), ...(notDeployable && { notDeployable }) };
  });
}

function gcpMachines({ environment, resources }: ChoiceInput): Choice[] {
  const planned = gcpMachine(environment.gcp.machine);
  if (!planned || !resources.some(({ type }) => type === gpuHostType)) return [];
  return ['n1-standard-1', 'n1-standard-2', 'n1-standard-4', 'n1-standard-8'].flatMap((item) => {
    const machine = gcpMachine(item);
    if (!machine || item === planned.name) return [];
    const notDeployable = refusal({ ...environment, gcp: { ...environment.gcp, machine: item } });
    const asked = { ...nothing, machine: [`gcp=${item}`] };
    return { name: item, asked, means: `${shapeOf(machine, planned)} beside the GPU`, ...(notDeployable && { notDeployable }) };
  });
}

function shapeOf(machine: MachineType, planned: MachineType): string {
  const bursts = machine.name.startsWith('t') ? '; full speed only as long as its CPU credits last' : '';
  return `${machine.vcpus} vCPU and ${machine.memory} instead of ${planned.vcpus} and ${planned.memory}${bursts}`;
}

/** What the configuration itself would say to it. */
function refusal(environment: Environment): string | undefined {
  const [fault] = rules.flatMap((rule) => rule(environment));
  return fault && `dojang config check refuses it: ${fault.message}`;
}

function gpus({ resources, book }: ChoiceInput): Choice[] {
  const host = resources.find(({ type }) => type === hostType);
  const machine = resources.find(({ type }) => type === gpuHostType);
  if (!machine) return [];
  const planned = acceleratorsOf(machine);
  const onAws = book.prices.filter(
    ({ provider, service, region, item }) => provider === 'aws' && service === 'ec2' && region === host?.region && /^g\d/.test(item),
  );
  return [
    ...[1, 2, 4].filter((count) => count !== planned).map(severalT4),
    ...runpods,
    ...(host ? onAws.map(({ item }) => gpuOnAws(item)) : []),
    {
      name: 'gpu none',
      asked: { ...nothing, gpu: 'none' },
      means: 'no machine for a model: a hosted one must be asked, which is billed by its provider and is not in this sum',
      notDeployable: 'dojang up always makes the GPU machine',
    },
  ];
}

function acceleratorsOf({ properties: { guestAccelerators } }: BilledResource): number {
  const [first] = Array.isArray(guestAccelerators) ? guestAccelerators : [];
  const { count } = (first ?? {}) as { readonly count?: unknown };
  return Number(count ?? 0);
}

function severalT4(count: number): Choice {
  const word = count === 1 ? 't4' : `${count}xt4`;
  const means = `${count} x T4 in the same machine: as many contracts at once as there are GPUs`;
  return { name: `gpu ${word}`, asked: { ...nothing, gpu: word }, means };
}

const notOnRunpod = 'deploying to RunPod is not built yet';

const runpods: readonly Choice[] = [
  {
    name: 'gpu runpod',
    asked: { ...nothing, gpu: 'runpod' },
    means: 'workers of 24 GB paid by the second, none while no contract is there: the first one waits until a worker has started',
    notDeployable: notOnRunpod,
  },
  {
    name: 'gpu runpod-active',
    asked: { ...nothing, gpu: 'runpod-active' },
    means: 'one worker that always runs, and two more by the second: no wait; RunPod no longer publishes the price of an active one',
    notDeployable: notOnRunpod,
  },
];

function gpuOnAws(machine: string): Choice {
  return {
    name: `gpu ${machine}`,
    asked: { ...nothing, gpu: machine },
    means: 'the GPU beside the host and nothing on GCP: one bill, no second network, and the credit of GCP stays unused',
    notDeployable: 'dojang up makes the GPU machine on GCP alone',
  };
}
