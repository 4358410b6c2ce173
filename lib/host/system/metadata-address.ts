/**
 * What a program of ours has no business to ask: the metadata service of its cloud, which hands the
 * machine's role to any program that asks it from the machine. Root reads secrets with that role;
 * services get theirs in files of their own. AWS:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instancedata-data-retrieval.html GCP:
 * https://cloud.google.com/compute/docs/metadata/querying-metadata
 */

/** Of both clouds. */
export const metadataAddress = '169.254.169.254';

/**
 * All addresses of this kind: IPv4, which other services of the clouds are behind too, and the two
 * clouds' own of IPv6.
 */
const ranges = ['169.254.0.0/16', 'fd00:ec2::/32', 'fd20:ce::/32'];

/**
 * A line of a unit. systemd puts it before the packets of everything that runs in the unit's
 * control group.
 */
export const noMetadata = `IPAddressDeny=${ranges.join(' ')}`;
