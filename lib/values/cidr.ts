/** IPv4 address ranges. */
import ipaddr from 'ipaddr.js';
import { DojangError } from '../errors/dojang-error.ts';

/**
 * An IPv4 address range. `Cidr.of('0.0.0.0/0')` is legal; `isEveryone` recognises it. Immutable.
 */
export class Cidr {
  readonly address: string;
  /** 0 to 32. */
  readonly prefix: number;

  private constructor(address: string, prefix: number) {
    this.address = address;
    this.prefix = prefix;
  }

  /**
   * @throws DojangError `invalid-cidr` when the text is no IPv4 range or has bits set beyond its
   *   prefix.
   */
  static of(text: string): Cidr {
    if (!ipaddr.IPv4.isValidCIDRFourPartDecimal(text)) {
      throw new DojangError('invalid-cidr', `${text} is not an IPv4 range; write one like 203.0.113.0/24`);
    }
    const [address, prefix] = ipaddr.IPv4.parseCIDR(text);
    const network = ipaddr.IPv4.networkAddressFromCIDR(text).toString();
    if (network !== address.toString()) {
      throw new DojangError('invalid-cidr', `${text} has bits set beyond its prefix; did you mean ${network}/${prefix}?`);
    }
    return new Cidr(network, prefix);
  }

  /** The range that holds exactly one address. */
  static host(address: string): Cidr {
    return Cidr.of(`${address}/32`);
  }

  static readonly everyone: Cidr = Cidr.of('0.0.0.0/0');

  get isEveryone(): boolean {
    return this.prefix === 0;
  }

  get isHost(): boolean {
    return this.prefix === 32;
  }

  contains(other: Cidr): boolean {
    return this.prefix <= other.prefix && ipaddr.IPv4.parse(other.address).match(this.parsed());
  }

  overlaps(other: Cidr): boolean {
    return this.contains(other) || other.contains(this);
  }

  equals(other: Cidr): boolean {
    return this.toString() === other.toString();
  }

  toString(): string {
    return `${this.address}/${this.prefix}`;
  }

  toJSON(): string {
    return this.toString();
  }

  private parsed(): [ipaddr.IPv4, number] {
    return [ipaddr.IPv4.parse(this.address), this.prefix];
  }
}
