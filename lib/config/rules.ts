/** Faults that no single field shows: how the settings of one environment fit together. */
import { Size } from '../values/size.ts';
import { didYouMean } from '../values/suggestion.ts';
import { renewalBegins } from './certificates.ts';
import { awsMachine, zonesWithT4 } from './machines.ts';
import { gcpZones } from './regions.ts';
import type { EnvironmentSettings } from './schema/schema.ts';

interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type Rule = (settings: EnvironmentSettings) => Fault[];

/**
 * Memory that nginx, the API and the system need beside MySQL: 3 GB by the sizing of the reference
 * service.
 */
const besideMysql = Size.gib(3);
/** Room that the system takes on the root disk before the swap file. */
const systemOnRootDisk = Size.gib(10);

export const rules: readonly Rule[] = [
  imageFitsMachine,
  memoryFits,
  swapFits,
  rangesFit,
  zoneInRegion,
  zonesHaveT4,
  zonesDiffer,
  tlsHasDomain,
  portIsFree,
  alarmsComeAfterRenewal,
];

function imageFitsMachine({ aws }: EnvironmentSettings): Fault[] {
  const machine = awsMachine(aws.machine);
  const image = aws.image.endsWith('arm64') ? 'arm64' : 'x86_64';
  if (!machine || machine.architecture === image) return [];
  const right = machine.architecture === 'arm64' ? 'ubuntu-24.04-arm64' : 'ubuntu-24.04-amd64';
  return [fault(['aws', 'image'], `${aws.image} is built for ${image} and ${aws.machine} is ${machine.architecture}; use ${right}`)];
}

function memoryFits({ aws, host }: EnvironmentSettings): Fault[] {
  const machine = awsMachine(aws.machine);
  const needed = host.bufferPool.plus(besideMysql);
  if (!machine || !needed.isMoreThan(machine.memory)) return [];
  const reason = `${host.bufferPool} and ${besideMysql} for nginx, the API and the system do not fit the ${machine.memory} of ${aws.machine}`;
  return [fault(['host', 'bufferPool'], `${reason}; take a larger machine or a smaller buffer pool`)];
}

function swapFits({ aws, host }: EnvironmentSettings): Fault[] {
  if (!host.swap.plus(systemOnRootDisk).isMoreThan(aws.rootDisk)) return [];
  return [
    fault(
      ['host', 'swap'],
      `${host.swap} and ${systemOnRootDisk} for the system do not fit the root disk of ${aws.rootDisk}; enlarge aws.rootDisk or take less swap`,
    ),
  ];
}

function rangesFit({ aws, gcp }: EnvironmentSettings): Fault[] {
  const faults: Fault[] = [];
  if (!aws.range.contains(aws.subnet))
    faults.push(fault(['aws', 'subnet'], `${aws.subnet} lies outside the VPC's ${aws.range}; take a part of it`));
  if (aws.range.prefix < 16 || aws.range.prefix > 28)
    faults.push(fault(['aws', 'range'], `${aws.range} is no range that a VPC may have; take a prefix from /16 to /28`));
  if (aws.subnet.prefix > 28) faults.push(fault(['aws', 'subnet'], `${aws.subnet} is too small for a subnet; take a prefix up to /28`));
  if (gcp.range.prefix > 29) faults.push(fault(['gcp', 'range'], `${gcp.range} is too small for a subnet; take a prefix up to /29`));
  if (aws.range.overlaps(gcp.range))
    faults.push(
      fault(['gcp', 'range'], `${gcp.range} overlaps ${aws.range} of AWS; a tunnel between the clouds could not distinguish them`),
    );
  return faults;
}

function zoneInRegion({ aws }: EnvironmentSettings): Fault[] {
  if (aws.zone.startsWith(aws.region) && /^[a-z]$/.test(aws.zone.slice(aws.region.length))) return [];
  return [fault(['aws', 'zone'], `${aws.zone} is no zone of ${aws.region}; write one like ${aws.region}a`)];
}

function zonesHaveT4({ gcp }: EnvironmentSettings): Fault[] {
  const known = zonesWithT4[gcp.region];
  return gcp.zones.flatMap((zone, index) => {
    const path = ['gcp', 'zones', index];
    if (!zone.startsWith(`${gcp.region}-`)) {
      const meant =
        didYouMean(zone, known ?? gcpZones(gcp.region)) || '; the static address stays in its region, so every zone must be in it';
      return [fault(path, `${zone} is not in ${gcp.region}${meant}`)];
    }
    if (!gcpZones(gcp.region).includes(zone)) {
      return [fault(path, `${zone} is no zone of ${gcp.region}; it has ${gcpZones(gcp.region).join(', ')}`)];
    }
    if (!known || known.includes(zone)) return [];
    return [fault(path, `${zone} has no T4; zones of ${gcp.region} that do: ${known.join(', ')}`)];
  });
}

function zonesDiffer({ gcp }: EnvironmentSettings): Fault[] {
  return gcp.zones.flatMap((zone, index) =>
    gcp.zones.indexOf(zone) === index ? [] : [fault(['gcp', 'zones', index], `${zone} is listed twice; each zone is tried once`)],
  );
}

function tlsHasDomain({ domain, tls }: EnvironmentSettings): Fault[] {
  if (tls === 'own-ca' || domain) return [];
  return [
    fault(['domain'], "is missing and tls is letsencrypt, which signs for a public name only; set domain, or tls: 'own-ca' for a trial"),
  ];
}

function portIsFree({ gcp }: EnvironmentSettings): Fault[] {
  if (gcp.aiPort !== 22) return [];
  return [fault(['gcp', 'aiPort'], '22 is the port of SSH, which stays behind Identity-Aware Proxy; take another, for example 8443')];
}

/**
 * The peers' certificates are always of the private authority; only the site's may be of Let's
 * Encrypt, which is renewed later.
 */
function alarmsComeAfterRenewal({ aws, tls }: EnvironmentSettings): Fault[] {
  const { certificateDays } = aws.alarms;
  const begins = Math.min(renewalBegins['own-ca'], renewalBegins[tls]);
  if (certificateDays < begins) return [];
  const message = `${certificateDays} would go off before every renewal, which begins at ${begins} days left; take fewer days`;
  return [fault(['aws', 'alarms', 'certificateDays'], message)];
}

function fault(path: readonly PropertyKey[], message: string): Fault {
  return { path, message };
}
