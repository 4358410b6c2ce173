/** Which addresses a configuration may name: what a URL really points at, however it is written. */
import ipaddr from 'ipaddr.js';
import { Cidr } from '../../values/cidr.ts';

/** TEST-NET-1 (RFC 5737): the embedded internet lives there, and nothing else does. */
const embeddedInternet = Cidr.of('192.0.2.0/24');

/** Names under which a machine of AWS or GCP finds its own credentials. */
const metadataNames = ['metadata', 'metadata.google.internal', 'metadata.goog', 'instance-data', 'instance-data.ec2.internal'];
/**
 * The same of EC2 over IPv6.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/configuring-instance-metadata-service.html
 */
const metadataAddresses = ['fd00:ec2::254', 'fd20:ce::254'];

/**
 * The URL that this text is; undefined when it is none. Its host is written in one way:
 * `http://2852039166` has 169.254.169.254.
 */
export function urlOf(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** Whether this is plain HTTP to an address, not a name, of the embedded internet. */
export function isOnEmbeddedInternet({ protocol, hostname }: URL): boolean {
  return protocol === 'http:' && ipaddr.IPv4.isValidFourPartDecimal(hostname) && embeddedInternet.contains(Cidr.host(hostname));
}

/**
 * Whether this is a link-local address or the metadata service of a cloud. What a name resolves to
 * is not known here.
 */
export function isLinkLocal({ hostname }: URL): boolean {
  const name = hostname.replace(/\.$/, '').toLowerCase();
  if (metadataNames.includes(name)) return true;
  const address = name.replace(/^\[|\]$/g, '');
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.parse(address);
  if (metadataAddresses.some((each) => ipaddr.parse(each).toNormalizedString() === parsed.toNormalizedString())) return true;
  return (ipv4Within(parsed) ?? parsed).range() === 'linkLocal';
}

/**
 * The IPv4 address that an IPv6 one carries: mapped (RFC 4291), by NAT64 (RFC 6052) or by 6to4 (RFC
 * 3056).
 */
function ipv4Within(address: ipaddr.IPv4 | ipaddr.IPv6): ipaddr.IPv4 | undefined {
  if (!(address instanceof ipaddr.IPv6)) return undefined;
  if (address.isIPv4MappedAddress()) return address.toIPv4Address();
  const bytes = address.toByteArray();
  if (address.range() === 'rfc6052') return new ipaddr.IPv4(bytes.slice(12));
  return address.range() === '6to4' ? new ipaddr.IPv4(bytes.slice(2, 6)) : undefined;
}
