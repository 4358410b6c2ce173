/**
 * The open event streams and how many there may be. What is counted is the sets themselves, so no
 * count can outlive its stream.
 */
import { Problem, unavailable } from '../../errors.ts';

/** Whom a stream is counted for. */
export interface StreamOwner {
  /** Ids as the database writes them. */
  readonly contract: string;
  readonly person: string;
  /** As `clientAddress` writes it. */
  readonly address: string;
}

export interface StreamLimits {
  /**
   * Windows of one contract; one more ends the oldest, whose connection may be dead without anyone
   * having said so.
   */
  readonly contract: number;
  /**
   * The page opens one stream, for the contract that it shows: a few tabs on a phone and a laptop,
   * and lost connections beside them.
   */
  readonly person: number;
  /**
   * A mobile carrier puts thousands of subscribers behind one address; a stream costs about 30 KiB
   * here.
   */
  readonly address: number;
  /** More than a tenth of the open files that the unit may have (65,536) is not for streams. */
  readonly all: number;
}

export const streamLimits: StreamLimits = { contract: 8, person: 16, address: 2_500, all: 6_500 };

/**
 * A place is free when one of the open streams ends; the page asks for the contract itself every 15
 * s meanwhile.
 */
const retryAfterSeconds = 15;

export class StreamRegistry<Stream extends { readonly owner: StreamOwner }> {
  readonly #limits: StreamLimits;
  readonly #all = new Set<Stream>();
  readonly #contracts = new Groups<Stream>();
  readonly #people = new Groups<Stream>();
  readonly #addresses = new Groups<Stream>();

  constructor(limits: StreamLimits) {
    this.#limits = limits;
  }

  get size(): number {
    return this.#all.size;
  }

  /** The contracts whose streams go on. */
  contracts(): readonly string[] {
    return this.#contracts.keys();
  }

  of(contract: string): readonly Stream[] {
    return [...this.#contracts.get(contract)];
  }

  all(): readonly Stream[] {
    return [...this.#all];
  }

  /** The oldest stream of a contract that has one too many. */
  surplus({ contract }: StreamOwner): Stream | undefined {
    const [oldest] = this.#contracts.get(contract);
    return this.#contracts.get(contract).size > this.#limits.contract ? oldest : undefined;
  }

  /** @throws Problem 429 when the person or the address has too many, 503 when all together are */
  add(stream: Stream): void {
    const { contract, person, address } = stream.owner;
    if (this.#people.get(person).size >= this.#limits.person) throw tooMany(`One person can follow ${this.#limits.person} at once.`);
    if (this.#addresses.get(address).size >= this.#limits.address) throw tooMany('Too many are followed from this network at this moment.');
    if (this.size >= this.#limits.all) throw unavailable('Too many contracts are followed at this moment.');
    this.#all.add(stream);
    this.#contracts.add(contract, stream);
    this.#people.add(person, stream);
    this.#addresses.add(address, stream);
  }

  /** It has nothing more to say about its contract, but is still open. */
  settle(stream: Stream): void {
    this.#contracts.delete(stream.owner.contract, stream);
  }

  /** May be called again. */
  delete(stream: Stream): void {
    const { contract, person, address } = stream.owner;
    this.#all.delete(stream);
    this.#contracts.delete(contract, stream);
    this.#people.delete(person, stream);
    this.#addresses.delete(address, stream);
  }
}

const tooMany = (detail: string): Problem =>
  new Problem(429, 'too-many-streams', 'Too many event streams', { detail, headers: { 'retry-after': String(retryAfterSeconds) } });

/** Sets by key; a key without members is not kept. */
class Groups<Member> {
  readonly #groups = new Map<string, Set<Member>>();

  keys(): readonly string[] {
    return [...this.#groups.keys()];
  }

  get(key: string): ReadonlySet<Member> {
    return this.#groups.get(key) ?? new Set();
  }

  add(key: string, member: Member): void {
    const group = this.#groups.get(key) ?? new Set();
    this.#groups.set(key, group.add(member));
  }

  delete(key: string, member: Member): void {
    const group = this.#groups.get(key);
    group?.delete(member);
    if (group?.size === 0) this.#groups.delete(key);
  }
}
