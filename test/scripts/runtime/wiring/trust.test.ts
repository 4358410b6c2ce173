import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import type { HostTrust } from '../../../../lib/ports/secrets.ts';
import { Secret } from '../../../../lib/values/secret.ts';
import { readCertificates, readKeys } from '../../../../scripts/io/pki.ts';
import { trustWork } from '../../../../scripts/runtime/wiring/trust.ts';
import { MemorySecrets } from '../../memory-secrets.ts';
import { wantedTrust } from '../../wanted-trust.ts';

const environment = environmentOf(service, 'local');
const addresses = { aws: '203.0.113.10', gcp: '198.51.100.10' };
const names = environment.names.parameters.trust;
const start = new Date('2026-11-21T12:00:00Z');

/** The store, and two hosts that have of it what `provision` brought them. */
class World {
  readonly secrets = new MemorySecrets();
  now = start;
  at = addresses;
  readonly #hosts: Record<HostName, { ca: string; peer: string; site: string }> = {
    aws: { ca: '', peer: '', site: '' },
    gcp: { ca: '', peer: '', site: '' },
  };

  wire(apply: boolean, ...rotate: string[]) {
    const installed = { on: (host: HostName) => this.#installed(host) };
    return trustWork(
      wantedTrust(environment, this.at),
      { secrets: this.secrets, installed },
      { apply, rotate, now: this.now },
      () => undefined,
    );
  }

  /** As `wire`, killed before its write number `writes`. */
  async killed(writes: number, ...rotate: string[]) {
    this.secrets.writesLeft = writes;
    await this.wire(true, ...rotate).catch((error: Error) => expect(error.message).toBe('killed'));
    this.secrets.writesLeft = Number.POSITIVE_INFINITY;
  }

  /** A pair that does not match is not installed. */
  async provision(host: HostName) {
    const to = this.#hosts[host];
    to.ca = this.secrets.text(names.ca['ca-certificate']);
    const { 'peer-certificate': peer, 'peer-key': key } = names[host];
    if (await this.matches(peer, key)) to.peer = this.secrets.text(peer);
    if (host === 'aws' && (await this.matches(names.aws['site-certificate'], names.aws['site-key']))) {
      to.site = this.secrets.text(names.aws['site-certificate']);
    }
  }

  async matches(certificate: string, key: string): Promise<boolean> {
    const [[facts], [found]] = await Promise.all([
      readCertificates(this.secrets.text(certificate)),
      readKeys(Secret.of(this.secrets.text(key))),
    ]);
    return facts !== undefined && facts.keyId === found?.keyId;
  }

  /** Whether each host trusts what the other shows. */
  async agree(): Promise<boolean> {
    const [aws, gcp] = [this.#hosts.aws, this.#hosts.gcp];
    const trusts = async (ca: string, peer: string) => {
      const [[shown], authorities] = await Promise.all([readCertificates(peer), readCertificates(ca)]);
      return authorities.some(({ keyId }) => keyId === shown?.issuerKeyId);
    };
    return (await trusts(aws.ca, gcp.peer)) && (await trusts(gcp.ca, aws.peer));
  }

  async provisionBoth() {
    for (const host of ['aws', 'gcp'] as const) await this.provision(host);
  }

  /** Host by host, none of which may be parted from the other meanwhile. */
  async provisionInTurn() {
    for (const host of ['aws', 'gcp'] as const) {
      await this.provision(host);
      expect(await this.agree()).toBe(true);
    }
  }

  async #installed(host: HostName): Promise<HostTrust> {
    const { ca, peer, site } = this.#hosts[host];
    const [authorities, [ofPeer], [ofSite]] = await Promise.all([readCertificates(ca), readCertificates(peer), readCertificates(site)]);
    return { authorities: authorities.map(({ keyId }) => keyId), peer: ofPeer?.fingerprint, site: ofSite?.fingerprint };
  }

  authorities() {
    return readCertificates(this.secrets.text(names.ca['ca-certificate']));
  }

  versions(): Record<string, number> {
    return Object.fromEntries([...this.secrets.kept].map(([name, { version }]) => [name, version]));
  }
}

let world: World;
beforeEach(() => {
  world = new World();
});

const changed = async (...rotate: string[]) => (await world.wire(true, ...rotate)).changes.map(({ what, action }) => `${action} ${what}`);

describe('the first wire', () => {
  it('reports what is missing and makes nothing when it only looks', async () => {
    const { changes } = await world.wire(false);
    expect(changes.map(({ what, reason }) => `${what} ${reason}`)).toContain('gcp peer certificate missing');
    expect(world.secrets.kept.size).toBe(0);
  });

  it('makes everything, keeps keys encrypted, and the second finds nothing to do', async () => {
    await world.wire(true);
    const kinds = Object.fromEntries([...world.secrets.kept].map(([name, { kind }]) => [name.replace('/dojang/local/', ''), kind]));
    expect(kinds).toEqual({
      'trust/ca-certificate': 'plain',
      'trust/ca-key': 'secret',
      'aws/peer-certificate': 'plain',
      'aws/peer-key': 'secret',
      'aws/site-certificate': 'plain',
      'aws/site-key': 'secret',
      'aws/mysql-api': 'secret',
      'aws/mysql-migrate': 'secret',
      'aws/mysql-backup': 'secret',
      'aws/session-secret': 'secret',
      'gcp/peer-certificate': 'plain',
      'gcp/peer-key': 'secret',
    });
    const before = world.versions();
    expect(await changed()).toEqual([]);
    expect(world.versions()).toEqual(before);
  });

  it('makes secrets that are long, differ, and need no quoting anywhere', async () => {
    await world.wire(true);
    const made = ['mysql-api', 'mysql-migrate', 'mysql-backup', 'session-secret'].map((name) =>
      world.secrets.text(`/dojang/local/aws/${name}`),
    );
    expect(new Set(made).size).toBe(4);
    for (const each of made) expect(each).toMatch(/^[\w-]{43,}$/);
  });

  it('returns no secret in its answer', async () => {
    const answer = JSON.stringify([await world.wire(true), await world.wire(false, 'mysql-api', 'ca')]);
    for (const { value, kind } of world.secrets.kept.values()) if (kind === 'secret') expect(answer).not.toContain(value.reveal());
  });
});

describe('later', () => {
  beforeEach(async () => {
    await world.wire(true);
  });

  it('renews what ends soon, the certificates of 397 days after 337', async () => {
    world.now = new Date(start.getTime() + 336 * 86_400_000);
    expect(await changed()).toEqual([]);
    world.now = new Date(start.getTime() + 338 * 86_400_000);
    expect(await changed()).toEqual(['renew aws peer certificate', 'renew gcp peer certificate', 'renew site certificate']);
    expect(await changed()).toEqual([]);
  });

  it('follows a new address', async () => {
    world.at = { ...addresses, gcp: '198.51.100.11' };
    expect(await changed()).toEqual(['renew gcp peer certificate']);
  });

  it('makes anew only what is asked for', async () => {
    const before = world.versions();
    expect(await changed('mysql-api', 'aws-peer')).toEqual(['renew mysql-api', 'renew aws peer certificate']);
    const touched = Object.entries(world.versions()).filter(([name, version]) => version !== before[name]);
    expect(touched.map(([name]) => name).sort()).toEqual([
      '/dojang/local/aws/mysql-api',
      '/dojang/local/aws/peer-certificate',
      '/dojang/local/aws/peer-key',
    ]);
  });

  it('refuses to begin with a new authority by itself when the key is gone', async () => {
    await world.provisionBoth();
    world.secrets.kept.delete(names.ca['ca-key']);
    expect((await world.wire(false)).changes).toMatchObject([{ what: 'authority', action: 'ask', reason: 'its key is missing' }]);
    await expect(world.wire(true)).rejects.toMatchObject({ code: 'authority-unusable', next: expect.stringContaining('--rotate ca') });
    expect(await changed('ca')).toEqual(['make authority']);
    expect(await world.authorities()).toHaveLength(2);
  });

  it('replaces the authority in three steps, and both hosts trust each other at every moment', async () => {
    await world.provisionBoth();
    const [old] = await world.authorities();
    expect(await changed('ca')).toEqual(['make authority']);
    expect(await changed()).toEqual([]);
    await world.provisionInTurn();
    expect(await changed()).toEqual(['renew aws peer certificate', 'renew gcp peer certificate', 'renew site certificate']);
    expect(await changed()).toEqual([]);
    await world.provisionInTurn();
    expect(await changed()).toEqual(['retire old authority']);
    await world.provisionInTurn();
    expect(await changed()).toEqual([]);
    const left = await world.authorities();
    expect(left).toHaveLength(1);
    expect(left[0]?.keyId).not.toBe(old?.keyId);
  });
});

describe('a run that is killed', () => {
  /** What a first run writes. */
  const writes = 12;

  it.each(Array.from({ length: writes }, (_, index) => index))('before write %d is finished by the next one', async (index) => {
    await world.killed(index);
    await world.wire(true);
    expect((await world.wire(false)).changes).toEqual([]);
    expect(await world.authorities()).toHaveLength(1);
    await world.provisionBoth();
    expect(await world.agree()).toBe(true);
  });

  it('anywhere in the replacement of the authority never parts the hosts, and the replacement comes to its end', async () => {
    const step = fc.oneof(
      fc.record({ do: fc.constant('wire' as const), writes: fc.integer({ min: 0, max: 8 }) }),
      fc.record({ do: fc.constant('provision' as const), host: fc.constantFrom('aws' as const, 'gcp' as const) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 14 }), fc.integer({ min: 0, max: 3 }), async (steps, first) => {
        const tried = new World();
        await tried.wire(true);
        await tried.provisionBoth();
        await tried.killed(first, 'ca');
        for (const each of steps) {
          await (each.do === 'wire' ? tried.killed(each.writes) : tried.provision(each.host));
          expect(await tried.agree()).toBe(true);
        }
        for (let round = 0; round < 4; round++) {
          await tried.wire(true);
          await tried.provisionInTurn();
        }
        expect(await tried.authorities()).toHaveLength(1);
        expect(await tried.wire(false)).toEqual({ changes: [], notes: [] });
      }),
      { numRuns: 25 },
    );
  });
});
