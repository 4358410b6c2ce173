import { expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import { desiredCertificates } from '../../../lib/pki/desired.ts';

const addresses = { aws: '203.0.113.10', gcp: '198.51.100.10' };

it('gives each host a certificate with the name the other expects', () => {
  const { authority, certificates } = desiredCertificates(environmentOf(service, 'prod'), addresses);
  expect(authority.parameters).toEqual({ certificate: '/dojang/prod/trust/ca-certificate', key: '/dojang/prod/trust/ca-key' });
  expect(certificates).toMatchObject([
    { id: 'aws-peer', commonName: 'api', names: ['DNS:api'], use: 'client', parameters: { key: '/dojang/prod/aws/peer-key' } },
    {
      id: 'gcp-peer',
      commonName: 'ai',
      names: ['DNS:ai', 'IP:198.51.100.10'],
      use: 'server',
      parameters: { key: '/dojang/prod/gcp/peer-key' },
    },
  ]);
});

it('signs the site of a trial for every name that people type', () => {
  const local = environmentOf(service, 'local');
  const site = (domain?: string) => desiredCertificates({ ...local, domain }, addresses, ['localhost', '127.0.0.1']).certificates[2];
  expect(site()).toMatchObject({ id: 'site', use: 'server', names: ['IP:203.0.113.10', 'DNS:localhost', 'IP:127.0.0.1'] });
  expect(site('trial.example.com')).toMatchObject({
    commonName: 'trial.example.com',
    names: expect.arrayContaining(['DNS:trial.example.com']),
  });
});
