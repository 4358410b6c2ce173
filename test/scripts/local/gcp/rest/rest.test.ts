import { mkdtempSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Connection, connectionFrom } from '../../../../../scripts/io/connection.ts';
import { revokeRule, rulesOf } from '../../../../../scripts/io/gcp/api/firewall-rules.ts';
import { writeFaults } from '../../../../../scripts/local/gcp/faults/faults.ts';
import { createResource } from '../../../../../scripts/local/gcp/resources/cloud.ts';
import { Store } from '../../../../../scripts/local/gcp/resources/store.ts';
import { restServer } from '../../../../../scripts/local/gcp/rest/rest.ts';

let store: Store;
let server: Server;
let endpoint: string;
let connection: Connection;

beforeEach(async () => {
  store = new Store(mkdtempSync(join(tmpdir(), 'dojang-rest-')));
  await createResource(store, 'gcp:compute/network:Network', { project: 'p', name: 'n' });
  server = restServer(store);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  endpoint = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/compute/v1/`;
  connection = connectionFrom({ GOOGLE_COMPUTE_CUSTOM_ENDPOINT: endpoint });
});
afterEach(() => void server.close());

describe('the firewall API', () => {
  it('shows what the program made in the API’s own words', async () => {
    const inputs = { project: 'p', name: 'ai', network: 'projects/p/global/networks/n', sourceRanges: ['203.0.113.10/32'] };
    await createResource(store, 'gcp:compute/firewall:Firewall', { ...inputs, allows: [{ protocol: 'tcp', ports: ['8443'] }] });
    const { body } = await call('GET', 'projects/p/global/firewalls/ai');
    expect(body).toMatchObject({
      kind: 'compute#firewall',
      name: 'ai',
      network: 'https://www.googleapis.com/compute/v1/projects/p/global/networks/n',
      direction: 'INGRESS',
      priority: 1000,
      disabled: false,
      sourceRanges: ['203.0.113.10/32'],
      allowed: [{ IPProtocol: 'tcp', ports: ['8443'] }],
    });
  });

  it('answers 404 and 409 like Google', async () => {
    expect(await call('GET', 'projects/p/global/firewalls/none')).toMatchObject({ status: 404, body: { error: { code: 404 } } });
    await byHand('one', ['0.0.0.0/0'], ['22']);
    expect(await byHand('one', ['0.0.0.0/0'], ['22'])).toMatchObject({
      status: 409,
      body: { error: { errors: [{ reason: 'alreadyExists' }] } },
    });
  });

  it('pages and filters', async () => {
    for (const name of ['a', 'b', 'c']) await byHand(name, ['0.0.0.0/0'], ['22']);
    const { body } = await call('GET', 'projects/p/global/firewalls?maxResults=2');
    expect(body).toMatchObject({ items: [{ name: 'a' }, { name: 'b' }], nextPageToken: '2' });
    expect((await call('GET', 'projects/p/global/firewalls?maxResults=2&pageToken=2')).body).toMatchObject({ items: [{ name: 'c' }] });
    const filter = encodeURIComponent('name = "b"');
    expect((await call('GET', `projects/p/global/firewalls?filter=${filter}`)).body).toMatchObject({ items: [{ name: 'b' }] });
  });
});

describe('images and APIs that are off', () => {
  it('answers the newest image of a family, and 404 for one that is retired', async () => {
    const family = 'projects/deeplearning-platform-release/global/images/family/common-cu129-ubuntu-2404-nvidia-580';
    expect(await call('GET', family)).toMatchObject({
      status: 200,
      body: { family: 'common-cu129-ubuntu-2404-nvidia-580', status: 'READY' },
    });
    writeFaults(store.folder, { retiredImages: ['common-cu129-ubuntu-2404-nvidia-580'] });
    expect(await call('GET', family)).toMatchObject({
      status: 404,
      body: { error: { message: expect.stringContaining('was not found') } },
    });
  });

  it('answers 403 with the reason in the details as long as an API is off', async () => {
    writeFaults(store.folder, { serviceDisabled: { compute: 1 } });
    const refused = await call('GET', 'projects/p/global/firewalls');
    expect(refused).toMatchObject({ status: 403, body: { error: { details: [{ reason: 'SERVICE_DISABLED' }, {}, {}] } } });
    expect((await call('GET', 'projects/p/global/firewalls')).status).toBe(200);
  });
});

describe('rules through the official client', () => {
  it('are one for each protocol, port range and source, of enabled firewalls that allow, on this network alone', async () => {
    await byHand('open', ['0.0.0.0/0', '10.0.0.0/8'], ['22', '8000-8100']);
    await byHand('off', ['0.0.0.0/0'], ['23'], { disabled: true });
    await call('POST', 'projects/p/global/firewalls', {
      name: 'no',
      network: 'projects/p/global/networks/n',
      denied: [{ IPProtocol: 'all' }],
    });
    await createResource(store, 'gcp:compute/network:Network', { project: 'p', name: 'other' });
    await byHand('elsewhere', ['0.0.0.0/0'], ['24'], { network: 'projects/p/global/networks/other' });
    const rules = await rulesOf('p', 'n', connection);
    expect(rules.map(({ carrier, protocol, ports, peer }) => `${carrier} ${protocol} ${ports?.join('-')} ${peer}`)).toEqual([
      'open tcp 22-22 0.0.0.0/0',
      'open tcp 8000-8100 0.0.0.0/0',
      'open tcp 22-22 10.0.0.0/8',
      'open tcp 8000-8100 10.0.0.0/8',
    ]);
    expect(await rulesOf('p', 'none', connection)).toEqual([]);
  });

  it('can be taken away one by one, and nothing else with them', async () => {
    await byHand('open', ['0.0.0.0/0', '10.0.0.0/8'], ['22', '80']);
    const before = await rulesOf('p', 'n', connection);
    const stray = before.find(({ peer, ports }) => peer === '0.0.0.0/0' && ports?.[0] === 22);
    if (!stray) throw new Error('no such rule');
    await revokeRule('p', stray, connection);
    const kept = (rules: typeof before) => rules.map(({ peer, ports }) => `${peer} ${ports?.[0]}`).sort();
    expect(kept(await rulesOf('p', 'n', connection))).toEqual(kept(before.filter((rule) => rule !== stray)));
    await revokeRule('p', stray, connection);
    for (const rule of before) await revokeRule('p', rule, connection);
    expect(store.all('gcp:compute/firewall:Firewall')).toEqual([]);
    await revokeRule('p', stray, connection);
  });
});

function byHand(name: string, sourceRanges: string[], ports: string[], more: object = {}) {
  const firewall = { name, network: 'projects/p/global/networks/n', sourceRanges, allowed: [{ IPProtocol: 'tcp', ports }] };
  return call('POST', 'projects/p/global/firewalls', { ...firewall, ...more });
}

async function call(method: string, path: string, body?: object): Promise<{ readonly status: number; readonly body: unknown }> {
  const answer = await fetch(`${endpoint}${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  return { status: answer.status, body: await answer.json() };
}
