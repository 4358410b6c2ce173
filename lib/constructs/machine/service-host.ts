/** The machine. */
import {
  BlockDeviceVolume,
  CfnEIPAssociation,
  CfnVolumeAttachment,
  EbsDeviceVolumeType,
  HttpTokens,
  Instance,
  InstanceType,
  type ISecurityGroup,
  type IVpc,
} from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import type { Environment } from '../../config/environment.ts';
import { hostRole } from '../access/host-role.ts';
import { fixLogicalId } from '../fixed-id.ts';
import { hostBootstrap } from './host-bootstrap.ts';
import { hostImage } from './host-image.ts';

export interface ServiceHostProps {
  readonly name: string;
  /** Whose parameters it may read. */
  readonly environment: Pick<Environment, 'names'>;
  readonly settings: Pick<Environment['aws'], 'machine' | 'image' | 'rootDisk' | 'zone'>;
  readonly vpc: IVpc;
  readonly group: ISecurityGroup;
  readonly addressAllocationId: string;
  readonly dataVolumeId: string;
  /** Bucket that releases are read from. */
  readonly artifactsArn: string;
}

/** Root device of Canonical's images. */
const rootDevice = '/dev/sda1';
/** A Nitro machine shows it as an NVMe disk; the host finds it by the volume's id. */
const dataDevice = '/dev/sdf';

/**
 * One machine that holds no data of its own. @default IMDSv2, encrypted gp3, Session Manager, no
 * key pair, protected from termination
 */
export class ServiceHost extends Construct {
  readonly instanceId: string;

  constructor(scope: Construct, id: string, props: ServiceHostProps) {
    super(scope, id);
    this.instanceId = machine(this, props).instanceId;
    const { instanceId } = this;
    new CfnVolumeAttachment(this, 'DataAttachment', { instanceId, volumeId: props.dataVolumeId, device: dataDevice });
    new CfnEIPAssociation(this, 'AddressAssociation', { instanceId, allocationId: props.addressAllocationId });
  }
}

function machine(scope: Construct, props: ServiceHostProps): Instance {
  const instance = new Instance(scope, 'Instance', {
    instanceName: props.name,
    vpc: props.vpc,
    availabilityZone: props.settings.zone,
    vpcSubnets: { subnets: props.vpc.publicSubnets },
    securityGroup: props.group,
    instanceType: new InstanceType(props.settings.machine),
    machineImage: hostImage(props.settings.image),
    role: hostRole(scope, props),
    userData: hostBootstrap(),
    userDataCausesReplacement: false,
    blockDevices: [rootDisk(props)],
    propagateTagsToVolumeOnCreation: true,
    // Said on the instance itself: `requireImdsv2` would add a launch template, and a new version
    // of it replaces the machine.
    httpTokens: HttpTokens.REQUIRED,
    httpPutResponseHopLimit: 1,
    detailedMonitoring: true,
    disableApiTermination: true,
    ebsOptimized: true,
  });
  fixLogicalId(instance, 'Host');
  return instance;
}

function rootDisk({ settings }: ServiceHostProps) {
  const volume = BlockDeviceVolume.ebs(settings.rootDisk.gib, {
    encrypted: true,
    volumeType: EbsDeviceVolumeType.GP3,
    deleteOnTermination: true,
  });
  return { deviceName: rootDevice, volume };
}
