import { describe, expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import type { FoundTrust } from '../../../lib/pki/authority.ts';
import type { CertificateFacts } from '../../../lib/pki/certificate.ts';
import { decideTrust } from '../../../lib/pki/decision.ts';
import { desiredCertificates } from '../../../lib/pki/desired.ts';
import { knownSecrets, rotationOf } from '../../../lib/pki/secrets.ts';

const prod = environmentOf(service, 'prod');
const desired = desiredCertificates(prod, { aws: '203.0.113.10', gcp: '198.51.100.10' });
const now = new Date('2026-11-21T12:00:00Z');
const inDays = (days: number) => new Date(now.getTime() + days * 86_400_000 + 3_600_000);

function authority(keyId: string, days = 3000): CertificateFacts {
  return {
    commonName: `dojang-prod authority ${keyId}`,
    names: [],
    notAfter: inDays(days),
    keyId,
    issuerKeyId: '',
    fingerprint: `f-${keyId}`,
  };
}

function leaf(id: 'aws-peer' | 'gcp-peer', change: Partial<CertificateFacts> = {}): CertificateFacts {
  const wanted = desired.certificates.find((each) => each.id === id);
  const names = wanted?.names ?? [];
  return {
    commonName: wanted?.commonName ?? '',
    names,
    notAfter: inDays(80),
    keyId: `k-${id}`,
    issuerKeyId: 'one',
    fingerprint: `f-${id}`,
    ...change,
  };
}

/** Everything as it should be, but for `change`. */
function found(change: Partial<FoundTrust> = {}): FoundTrust {
  return {
    authority: { certificates: [authority('one')], keyIds: ['one'] },
    pairs: { 'aws-peer': pair('aws-peer'), 'gcp-peer': pair('gcp-peer') },
    installed: {},
    ...change,
  };
}

function pair(id: 'aws-peer' | 'gcp-peer', change: Partial<CertificateFacts> = {}) {
  return { certificate: leaf(id, change), keyId: `k-${id}` };
}

function decide(state: FoundTrust, ...rotate: string[]) {
  const { authority: step, certificates, notes } = decideTrust(desired, state, new Set(rotate), now);
  return { authority: step, actions: certificates.map(({ action, reason }) => `${action} ${reason}`.trim()), notes };
}

describe('certificates', () => {
  it('stay when nothing is wrong', () => {
    expect(decide(found())).toEqual({ authority: { do: 'keep' }, actions: ['keep', 'keep'], notes: [] });
  });

  it('are all made when there is nothing', () => {
    const nothing = { authority: { certificates: [], keyIds: [] }, pairs: {}, installed: {} };
    expect(decide(nothing)).toMatchObject({ authority: { do: 'make', reason: 'missing' }, actions: ['make missing', 'make missing'] });
  });

  it.each<[string, FoundTrust['pairs'][string], string]>([
    ['ends soon', pair('aws-peer', { notAfter: inDays(12) }), 'renew expires in 12 days'],
    ['ended', pair('aws-peer', { notAfter: inDays(-3) }), 'renew expired 3 days ago'],
    ['has no key', { certificate: leaf('aws-peer') }, 'renew has no key'],
    ['has the key of another', { ...pair('aws-peer'), keyId: 'other' }, 'renew does not match its key'],
    ['is of an authority that is not ours', pair('aws-peer', { issuerKeyId: 'two' }), 'renew is of another authority: authority changed'],
    ['has another name', pair('aws-peer', { commonName: 'web' }), 'renew is for web'],
    ['has no day less than the least', pair('aws-peer', { notAfter: inDays(60) }), 'keep'],
  ])('one that %s', (_, aws, action) => {
    expect(decide(found({ pairs: { ...found().pairs, 'aws-peer': aws } })).actions).toEqual([action, 'keep']);
  });

  it('are renewed when the address changed', () => {
    const moved = pair('gcp-peer', { names: ['DNS:ai', 'IP:198.51.100.9'] });
    expect(decide(found({ pairs: { ...found().pairs, 'gcp-peer': moved } })).actions[1]).toBe(
      'renew is for ai, 198.51.100.9 instead of ai, 198.51.100.10: address changed',
    );
  });

  it('are renewed when the operator asks, and only those', () => {
    expect(decide(found(), 'gcp-peer').actions).toEqual(['keep', 'renew is to be renewed, as asked for']);
  });

  it('are not renewed again and again when they end with their authority', () => {
    const ending = { certificates: [authority('one', 20)], keyIds: ['one'] };
    const pairs = { 'aws-peer': pair('aws-peer', { notAfter: inDays(20) }), 'gcp-peer': pair('gcp-peer', { notAfter: inDays(20) }) };
    const { actions, notes } = decide(found({ authority: ending, pairs }));
    expect(actions).toEqual(['keep', 'keep']);
    expect(notes).toEqual(['the authority expires in 20 days: dojang wire --rotate ca begins its replacement']);
  });
});

describe('the authority', () => {
  it('is never made anew by itself: without its key, or expired, the operator is asked', () => {
    const lost = found({ authority: { certificates: [authority('one')], keyIds: [] } });
    expect(decide(lost).authority).toEqual({ do: 'ask', reason: 'its key is missing' });
    const ended = found({ authority: { certificates: [authority('one', -2)], keyIds: ['one'] } });
    expect(decide(ended).authority).toEqual({ do: 'ask', reason: 'expired 2 days ago' });
    expect(decide(lost, 'ca').authority).toMatchObject({ do: 'make' });
  });

  it('gets the certificate that a run that was cut off did not write', () => {
    const cutOff = found({ authority: { certificates: [authority('one')], keyIds: ['one', 'two'] } });
    expect(decide(cutOff).authority).toMatchObject({ do: 'certify', keyIds: ['two'] });
  });
});

describe('a replacement of the authority', () => {
  const both = { certificates: [authority('one'), authority('two')], keyIds: ['one', 'two'] };
  const host = (authorities: string[], peer?: string) => ({ authorities, peer });
  const byTwo = { 'aws-peer': pair('aws-peer', { issuerKeyId: 'two' }), 'gcp-peer': pair('gcp-peer', { issuerKeyId: 'two' }) };

  it('begins with a second authority, and changes no certificate', () => {
    expect(decide(found(), 'ca')).toMatchObject({ authority: { do: 'make' }, actions: ['keep', 'keep'] });
  });

  it.each([
    ['no host could be asked', {}],
    ['one host could not be asked', { aws: host(['one', 'two']) }],
    ['one host does not know the new one', { aws: host(['one', 'two']), gcp: host(['one']) }],
  ])('waits while %s', (_, installed) => {
    const { authority: step, actions, notes } = decide(found({ authority: both, installed }), 'ca');
    expect({ step, actions }).toEqual({ step: { do: 'keep' }, actions: ['keep', 'keep'] });
    expect(notes).toHaveLength(1);
  });

  it('signs with the new one as soon as both hosts trust it', () => {
    const installed = { aws: host(['one', 'two']), gcp: host(['one', 'two']) };
    expect(decide(found({ authority: both, installed }))).toMatchObject({
      authority: { do: 'keep' },
      actions: ['renew is of another authority: authority changed', 'renew is of another authority: authority changed'],
    });
  });

  it('gives everything at once to hosts that have nothing yet', () => {
    const installed = { aws: host([]), gcp: host([]) };
    expect(decide(found({ authority: both, installed })).actions).toEqual(expect.arrayContaining([expect.stringMatching(/^renew/)]));
  });

  it('goes on with the new one when a host cannot be asked later', () => {
    const half = { ...byTwo, 'gcp-peer': pair('gcp-peer') };
    expect(decide(found({ authority: both, pairs: half })).actions).toEqual(['keep', 'renew is of another authority: authority changed']);
  });

  it('ends the trust in the old one when both hosts show what the new one signed, and not before', () => {
    const trusting = ['one', 'two'];
    const installed = { aws: host(trusting, 'f-aws-peer'), gcp: host(trusting, 'f-gcp-peer') };
    expect(decide(found({ authority: both, pairs: byTwo, installed })).authority).toMatchObject({ do: 'retire', keyIds: ['one'] });
    const behind = { ...installed, gcp: host(trusting, 'older') };
    expect(decide(found({ authority: both, pairs: byTwo, installed: behind })).authority).toEqual({ do: 'keep' });
    expect(decide(found({ authority: both, pairs: byTwo })).authority).toEqual({ do: 'keep' });
  });

  it('ends also when the old key went before the certificate did', () => {
    const installed = { aws: host(['one', 'two'], 'f-aws-peer'), gcp: host(['one', 'two'], 'f-gcp-peer') };
    const state = found({ authority: { ...both, keyIds: ['two'] }, pairs: byTwo, installed });
    expect(decide(state).authority).toMatchObject({ do: 'retire', keyIds: ['one'] });
  });

  it('after a lost key leaves the certificates alone until the hosts trust the new one', () => {
    const state = found({ authority: { ...both, keyIds: ['two'] }, installed: { aws: host(['one']), gcp: host(['one']) } });
    expect(decide(state).actions).toEqual(['keep', 'keep']);
  });
});

describe('what is asked to be made anew', () => {
  it('must be something that is made', () => {
    const secrets = knownSecrets(prod);
    expect([...rotationOf(['ca', 'gcp-peer', 'mysql-api'], desired, secrets)]).toEqual(['ca', 'gcp-peer', 'mysql-api']);
    expect(() => rotationOf(['everything'], desired, secrets)).toThrow('everything is nothing that wire can make anew');
    // Of a site with certificates by Let's Encrypt wire makes none.
    expect(() => rotationOf(['site'], desired, secrets)).toThrow(expect.objectContaining({ code: 'unknown-rotation' }));
    expect(() => rotationOf(['model-key'], desired, secrets)).toThrow(
      expect.objectContaining({ why: expect.stringContaining('secret set') }),
    );
  });
});
