/** Cases of gcp. */
import { resource } from '../../books.ts';
import type { Case } from './case.ts';

const t4 = { machineType: 'n1-standard-2', guestAccelerators: [{ type: 'nvidia-tesla-t4', count: 1 }], bootDisk: { source: 'boot' } };

export const gcpCases: readonly Case[] = [
  {
    type: 'gcp:compute/instance:Instance',
    properties: { ...t4, networkInterfaces: [{ accessConfigs: [{ natIp: { ref: 'ai-address' } }] }] },
    usage: { 'gcp:compute/instance:Instance.internet-out-gb': '1', 'stack/It.between-zones-gb': '2' },
    beside: [resource('gcp:compute/address:Address', {}, { id: 'ai-address' })],
    lines: {
      Cores: '1460 hour compute N1 predefined core',
      Memory: '5475 gb-hour compute N1 predefined RAM',
      'Sustained use of cores': '1460 hour compute N1 predefined core x -0.3',
      'Sustained use of memory': '5475 gb-hour compute N1 predefined RAM x -0.3',
      GPU: '730 hour gpu NVIDIA T4',
      'Sustained use of GPU': '730 hour gpu NVIDIA T4 x -0.3',
      'Internet traffic out': '1 gb egress internet, premium tier',
      'Traffic between zones': '2 gb transfer between zones of a region',
    },
  },
  {
    // Half a month: a quarter at the list price, a quarter at 80 % of it.
    type: 'gcp:compute/instance:Instance',
    properties: { ...t4, networkInterfaces: [{ accessConfigs: [{ networkTier: 'STANDARD' }] }] },
    usage: { 'stack/It.hours': '365' },
    lines: {
      Cores: '730 hour compute N1 predefined core',
      Memory: '2737.5 gb-hour compute N1 predefined RAM',
      'Sustained use of cores': '73 hour compute N1 predefined core x -1',
      'Sustained use of memory': '273.75 gb-hour compute N1 predefined RAM x -1',
      GPU: '365 hour gpu NVIDIA T4',
      'Sustained use of GPU': '36.5 hour gpu NVIDIA T4 x -1',
      'Internet traffic out': '- the usage file does not say gcp:compute/instance:Instance.internet-out-gb',
      'External IPv4 address': '730 hour ip external IPv4 in use on a standard VM',
    },
  },
  {
    type: 'gcp:compute/instance:Instance',
    properties: {
      ...t4,
      scheduling: { provisioningModel: 'SPOT' },
      bootDisk: { initializeParams: { size: 50, type: 'pd-ssd' } },
      scratchDisks: [{}],
    },
    lines: {
      Machine: '730 hour compute n1-standard-2 spot',
      GPU: '730 hour gpu NVIDIA T4 spot',
      'Boot disk': '50 gb-month disk pd-ssd',
      'Local SSD': '375 gb-month disk local SSD',
      'Internet traffic out': '- the usage file does not say gcp:compute/instance:Instance.internet-out-gb',
    },
  },
  {
    type: 'gcp:compute/instance:Instance',
    properties: { machineType: 'zones/asia-northeast3-b/machineTypes/g2-standard-4', guestAccelerators: [{ type: 'nvidia-l4', count: 1 }] },
    lines: {
      Machine: '730 hour compute g2-standard-4 (with one L4)',
      'Boot disk': '- the size of the boot disk is what the image says',
      'Internet traffic out': '- the usage file does not say gcp:compute/instance:Instance.internet-out-gb',
    },
  },
  ...['instanceGroupManager:InstanceGroupManager', 'regionInstanceGroupManager:RegionInstanceGroupManager'].map((name) => ({
    type: `gcp:compute/${name}`,
    properties: { targetSize: 2, versions: [{ instanceTemplate: { ref: 'template' } }] },
    beside: [
      resource(
        'gcp:compute/instanceTemplate:InstanceTemplate',
        {
          machineType: 'e2-medium',
          disks: [{ diskSizeGb: 20 }, { source: 'old' }],
          networkInterfaces: [{ accessConfigs: [{ networkTier: 'PREMIUM' }] }],
        },
        { id: 'template' },
      ),
    ],
    usage: { [`gcp:compute/${name}.internet-out-gb`]: '5' },
    lines: {
      Machine: '1460 hour compute e2-medium',
      'Boot disk': '40 gb-month disk pd-standard',
      'Internet traffic out': '5 gb egress internet, premium tier',
      'External IPv4 addresses': '1460 hour ip external IPv4 in use on a standard VM',
    },
  })),
  {
    type: 'gcp:compute/instance:Instance',
    properties: {
      machineType: 'n1-standard-2',
      bootDisk: { source: 'boot' },
      scheduling: { preemptible: { ref: 'P' } },
      guestAccelerators: { ref: 'Q' },
      networkInterfaces: [{ accessConfigs: { ref: 'R' } }],
    },
    usage: { 'stack/It.internet-out-gb': '1' },
    lines: {
      Machine: '- scheduling.preemptible is {"ref":"P"}, which is known only after the deployment',
      GPU: '- guestAccelerators is {"ref":"Q"}, which is known only after the deployment',
      'Internet traffic out': '- networkInterfaces.0.accessConfigs.0.networkTier is {"ref":"R"}, which is known only after the deployment',
      'External IPv4 address': '- accessConfigs is {"ref":"R"}, which is known only after the deployment',
    },
  },
  { type: 'gcp:compute/disk:Disk', properties: { size: 100, type: 'pd-balanced' }, lines: { Storage: '100 gb-month disk pd-balanced' } },
  { type: 'gcp:compute/regionDisk:RegionDisk', properties: { size: 10 }, lines: { Storage: '10 gb-month disk regional pd-standard' } },
  { type: 'gcp:compute/snapshot:Snapshot', usage: { 'stack/It.stored-gb': '3' }, lines: { Snapshot: '3 gb-month disk standard snapshot' } },
  { type: 'gcp:compute/resourcePolicy:ResourcePolicy', properties: { groupPlacementPolicy: {} }, lines: {} },
  {
    type: 'gcp:compute/resourcePolicy:ResourcePolicy',
    properties: { snapshotSchedulePolicy: {} },
    usage: { 'gcp:compute/resourcePolicy:ResourcePolicy.stored-gb': '11.4' },
    lines: { Snapshots: '11.4 gb-month disk standard snapshot' },
  },
  { type: 'gcp:compute/address:Address', properties: { addressType: 'INTERNAL' }, lines: {} },
  ...['natIps', 'drainNatIps'].map((name) => ({
    type: 'gcp:compute/address:Address',
    beside: [resource('gcp:compute/routerNat:RouterNat', { [name]: [{ ref: 'It', output: 'selfLink' }] }, { id: 'nat' })],
    lines: { 'External IPv4 address': '730 hour ip external IPv4 in use on a standard VM' },
  })),
  {
    type: 'gcp:compute/address:Address',
    properties: { addressType: { ref: 'P' } },
    lines: { 'External IPv4 address': '- addressType is {"ref":"P"}, which is known only after the deployment' },
  },
  { type: 'gcp:compute/address:Address', lines: { 'External IPv4 address': '730 hour ip static external IPv4 reserved but unused' } },
  {
    type: 'gcp:compute/address:Address',
    beside: [
      resource(
        'gcp:compute/instance:Instance',
        { networkInterfaces: [{ accessConfigs: [{ natIp: { ref: 'It', output: 'address' } }] }] },
        { id: 'vm' },
      ),
    ],
    lines: { 'External IPv4 address': '730 hour ip external IPv4 in use on a standard VM' },
  },
  {
    type: 'gcp:compute/globalAddress:GlobalAddress',
    beside: [resource('gcp:compute/globalForwardingRule:GlobalForwardingRule', { ipAddress: { ref: 'It' } }, { id: 'rule' })],
    lines: {},
  },
  {
    type: 'gcp:compute/globalAddress:GlobalAddress',
    lines: { 'External IPv4 address': '730 hour ip static external IPv4 reserved but unused' },
  },
  ...['forwardingRule:ForwardingRule', 'globalForwardingRule:GlobalForwardingRule'].map((name) => ({
    type: `gcp:compute/${name}`,
    usage: { 'stack/It.processed-gb': '4' },
    lines: { 'Forwarding rule': '730 hour load-balancing forwarding rule', 'Data processed': '4 gb load-balancing data processed' },
  })),
  {
    type: 'gcp:compute/routerNat:RouterNat',
    properties: { natIps: [{ ref: 'address' }] },
    usage: { 'gcp:compute/routerNat:RouterNat.vm-hours': '730', 'gcp:compute/routerNat:RouterNat.processed-gb': '3' },
    lines: { Gateway: '730 vm-hour nat Cloud NAT gateway per VM, up to 32 VMs', 'Data processed': '3 gb nat Cloud NAT data processed' },
  },
  { type: 'gcp:compute/subnetwork:Subnetwork', lines: {} },
  {
    type: 'gcp:compute/subnetwork:Subnetwork',
    properties: { logConfig: {} },
    usage: { 'gcp:compute/subnetwork:Subnetwork.logged-gb': '0.1' },
    lines: { 'Flow logs': '0.1 gb logging Cloud Logging ingestion' },
  },
  { type: 'gcp:compute/firewall:Firewall', lines: {} },
  {
    type: 'gcp:compute/firewall:Firewall',
    properties: { logConfig: {} },
    usage: { 'gcp:compute/firewall:Firewall.logged-gb': '0.1' },
    lines: { 'Rule logs': '0.1 gb logging Cloud Logging ingestion' },
  },
  {
    type: 'gcp:storage/bucket:Bucket',
    usage: { 'stack/It.stored-gb': '7' },
    lines: { Storage: '7 gb-month storage GCS standard, regional' },
  },
  { type: 'gcp:secretmanager/secret:Secret', lines: { 'Secret version': '1 secret-month secretmanager active secret version' } },
];
