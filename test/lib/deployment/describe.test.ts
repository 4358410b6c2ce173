import { describe, expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import { unknownAddresses } from '../../../lib/config/names.ts';
import { describeEnvironment } from '../../../lib/deployment/describe.ts';
import { factsBeforeDeployment } from '../../../lib/host/facts.ts';

const prod = environmentOf(service, 'prod');
const local = environmentOf(service, 'local');
const addresses = { aws: '203.0.113.10', gcp: '198.51.100.10' };

describe('the description of an environment', () => {
  it('has the endpoints by the parameters that hold them', () => {
    expect(describeEnvironment(prod).wiring(addresses).endpoints).toEqual({
      '/dojang/prod/endpoints/aws-address': '203.0.113.10',
      '/dojang/prod/endpoints/gcp-address': '198.51.100.10',
      '/dojang/prod/endpoints/ai-url': 'https://198.51.100.10:8443',
    });
  });

  it('has the rules of the security group among those of the wiring', () => {
    const { hostRules, wiring } = describeEnvironment(prod);
    expect(wiring(unknownAddresses).rules).toEqual(expect.arrayContaining([...hostRules]));
  });

  it('names the embedded site as the browser of this machine calls it, and a real one not', () => {
    const namesOf = (environment: typeof prod) =>
      describeEnvironment({ ...environment, tls: 'own-ca' })
        .wiring(addresses)
        .trust.certificates.find(({ id }) => id === 'site')?.names;
    expect(namesOf(local)).toEqual(expect.arrayContaining(['DNS:localhost', 'IP:127.0.0.1']));
    expect(namesOf(prod)?.join()).not.toMatch(/localhost|127\.0\.0\.1/);
  });

  it('has one recipe for each host, and the steps that bring them up', () => {
    const { recipes, steps } = describeEnvironment(prod);
    expect(recipes(factsBeforeDeployment(prod)).map(({ host }) => host)).toEqual(['aws', 'gcp']);
    expect(steps({ hosts: true }).map(({ id }) => id)).toEqual(expect.arrayContaining(['wire', 'provision', 'release']));
    expect(steps({ hosts: false }).map(({ id }) => id)).not.toContain('provision');
  });
});
