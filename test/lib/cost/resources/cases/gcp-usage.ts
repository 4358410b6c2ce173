/**
 * Cases of gcp and of hosted models: what is billed only where a property asks for it or the usage
 * file says it.
 */
import { resource } from '../../books.ts';
import type { Case } from './case.ts';

export const gcpUsageCases: readonly Case[] = [
  {
    type: 'gcp:compute/disk:Disk',
    properties: { type: 'hyperdisk-balanced', size: 100, provisionedIops: 4000, provisionedThroughput: 200 },
    lines: {
      Storage: '100 gb-month disk hyperdisk-balanced',
      IOPS: '4000 iops-month disk hyperdisk-balanced provisioned IOPS',
      Throughput: '200 mibps-month disk hyperdisk-balanced provisioned throughput',
    },
  },
  {
    type: 'gcp:compute/regionDisk:RegionDisk',
    properties: { type: 'hyperdisk-balanced-high-availability', size: 100, provisionedIops: 4000 },
    lines: {
      Storage: '100 gb-month disk regional hyperdisk-balanced-high-availability',
      IOPS: '4000 iops-month disk regional hyperdisk-balanced-high-availability provisioned IOPS',
      Throughput: '- provisionedThroughput is not given, and its default depends on the size',
    },
  },
  ...(
    [
      ['windows-cloud/windows-2022', 'Windows Server'],
      ['projects/rhel-cloud/global/images/family/rhel-9', 'RHEL'],
      ['suse-cloud/sles-15', 'SLES'],
    ] as const
  ).map(([image, name]) => ({
    type: 'gcp:compute/instance:Instance',
    properties: {
      machineType: 'n2-standard-2',
      bootDisk: { initializeParams: { image, size: 50, type: 'pd-balanced' } },
      networkInterfaces: [{}],
      scratchDisks: [{}],
    },
    usage: { 'stack/It.internet-out-gb': '1', 'stack/It.between-zones-gb': '2' },
    lines: {
      Machine: '730 hour compute n2-standard-2',
      'Boot disk': '50 gb-month disk pd-balanced',
      'Local SSD': '375 gb-month disk local SSD',
      Licence: `730 hour compute licence of ${name}`,
      'Internet traffic out': '1 gb egress internet, premium tier',
      'Traffic between zones': '2 gb transfer between zones of a region',
    },
  })),
  ...['gcp:compute/instanceGroupManager:InstanceGroupManager', 'gcp:compute/regionInstanceGroupManager:RegionInstanceGroupManager'].map(
    (type) => ({
      type,
      properties: { versions: [{ instanceTemplate: { ref: 'Template' } }], targetSize: 2 },
      beside: [
        resource(
          'gcp:compute/instanceTemplate:InstanceTemplate',
          {
            machineType: 'n1-standard-2',
            disks: [
              { sourceImage: 'windows-cloud/windows-2022', diskType: 'pd-balanced', diskSizeGb: 50 },
              { diskType: 'pd-ssd', diskSizeGb: 10 },
            ],
            guestAccelerators: [{ type: 'nvidia-tesla-t4', count: 1 }],
            networkInterfaces: [{ accessConfigs: [{}] }],
            scratchDisks: [{}],
          },
          { id: 'Template' },
        ),
      ],
      usage: { 'stack/It.internet-out-gb': '1', 'stack/It.between-zones-gb': '2' },
      lines: {
        Cores: '2920 hour compute N1 predefined core',
        Memory: '10950 gb-hour compute N1 predefined RAM',
        'Sustained use of cores': '2920 hour compute N1 predefined core x -0.3',
        'Sustained use of memory': '10950 gb-hour compute N1 predefined RAM x -0.3',
        GPU: '1460 hour gpu NVIDIA T4',
        'Sustained use of GPU': '1460 hour gpu NVIDIA T4 x -0.3',
        'Boot disk': '100 gb-month disk pd-balanced',
        'Disk 2': '20 gb-month disk pd-ssd',
        'Local SSD': '750 gb-month disk local SSD',
        Licence: '1460 hour compute licence of Windows Server',
        'Internet traffic out': '1 gb egress internet, premium tier',
        'Traffic between zones': '2 gb transfer between zones of a region',
        'External IPv4 addresses': '1460 hour ip external IPv4 in use on a standard VM',
      },
    }),
  ),
  {
    type: 'gcp:compute/routerNat:RouterNat',
    properties: { natIpAllocateOption: 'AUTO_ONLY', logConfig: { enable: true, filter: 'ALL' } },
    usage: { 'stack/It.vm-hours': '1', 'stack/It.processed-gb': '2', 'stack/It.logged-gb': '3' },
    lines: {
      Gateway: '1 vm-hour nat Cloud NAT gateway per VM, up to 32 VMs',
      'Data processed': '2 gb nat Cloud NAT data processed',
      'External IPv4 addresses': '- Google reserves as many addresses as its connections need',
      Logs: '3 gb logging Cloud Logging ingestion',
    },
  },
  {
    type: 'gcp:storage/bucket:Bucket',
    usage: { 'stack/It.stored-gb': '1', 'stack/It.writes-10k': '2', 'stack/It.reads-10k': '3', 'stack/It.internet-out-gb': '4' },
    lines: {
      Storage: '1 gb-month storage GCS standard, regional',
      'Writing operations': '2 request-10k storage class A operations',
      'Reading operations': '3 request-10k storage class B operations',
      'Internet traffic out': '4 gb egress internet, premium tier',
    },
  },
  {
    type: 'gcp:secretmanager/secret:Secret',
    usage: { 'stack/It.accesses-10k': '2' },
    lines: { 'Secret version': '1 secret-month secretmanager active secret version', Accesses: '2 request-10k secretmanager accesses' },
  },
  {
    type: 'llm:model/hosted:Model',
    properties: { model: 'Claude Haiku 4.5' },
    usage: { 'stack/It.input-mtok': '1', 'stack/It.output-mtok': '2', 'stack/It.cached-mtok': '3' },
    lines: {
      'Input tokens': '1 mtok llm Claude Haiku 4.5 input',
      'Output tokens': '2 mtok llm Claude Haiku 4.5 output',
      'Cached tokens': '3 mtok llm Claude Haiku 4.5 cached input',
    },
  },
];
