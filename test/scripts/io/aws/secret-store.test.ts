/** Secrets in the local AWS: the same calls as on AWS, only the endpoint differs. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import config from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import type { SecretStore } from '../../../../lib/ports/secrets.ts';
import { Secret } from '../../../../lib/values/secret.ts';
import { awsSecretStore } from '../../../../scripts/io/aws/secret-store.ts';
import { awsClientConfig, type Connection, connectionFrom } from '../../../../scripts/io/connection.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';
import { trustWork } from '../../../../scripts/runtime/wiring/trust.ts';
import { wantedTrust } from '../../wanted-trust.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-secrets-test-'));
const environment = environmentOf(config, 'local');
let connection: Connection;
let store: SecretStore;

beforeAll(async () => {
  const { env } = await ensureLocalAws(folder, environment.aws, { mayStart: true, progress: () => undefined });
  connection = connectionFrom(env);
  store = awsSecretStore(environment, connection);
});

afterAll(async () => {
  await stopLocalAws(folder);
  remove(folder);
});

it('keeps secrets encrypted and gives them back', async () => {
  await store.put('/toy/key', Secret.of('one'), 'secret');
  await store.put('/toy/key', Secret.of('two'), 'secret');
  await store.put('/toy/certificate', Secret.of('public'), 'plain');
  const read = await store.read(['/toy/key', '/toy/certificate', '/toy/none']);
  expect(Object.entries(read).map(([name, value]) => [name, value.reveal()])).toEqual(
    expect.arrayContaining([
      ['/toy/key', 'two'],
      ['/toy/certificate', 'public'],
    ]),
  );
  expect(Object.keys(read)).toHaveLength(2);
  const { Parameters } = await new SSMClient(awsClientConfig(connection, environment.aws.region)).send(
    new GetParametersCommand({ Names: ['/toy/key'] }),
  );
  expect(Parameters).toMatchObject([{ Type: 'SecureString' }]);
  expect(Parameters?.[0]?.Value).not.toBe('two');
});

it('describes without a value', async () => {
  const described = await store.describe(['/toy/key', '/toy/certificate', '/toy/none']);
  expect(described).toMatchObject({ '/toy/key': { kind: 'secret', version: 2 }, '/toy/certificate': { kind: 'plain', version: 1 } });
  expect(JSON.stringify(described)).not.toMatch(/two|public/);
});

it('takes more names than one question of AWS may have', async () => {
  const names = Array.from({ length: 12 }, (_, index) => `/toy/many/${index}`);
  await Promise.all(names.map((name) => store.put(name, Secret.of(name), 'secret')));
  expect(Object.keys(await store.read(names)).sort()).toEqual([...names].sort());
});

it('holds the whole trust of an environment, none of it too large for a parameter', async () => {
  const work = (apply: boolean, ...rotate: string[]) =>
    trustWork(
      wantedTrust(environment, { aws: '203.0.113.10', gcp: '198.51.100.10' }),
      { secrets: store },
      { apply, rotate, now: new Date() },
      () => undefined,
    );
  await work(true);
  await work(true, 'ca');
  expect((await work(false)).changes).toEqual([]);
  const texts = await store.read(Object.values(environment.names.parameters.trust).flatMap((names) => Object.values(names)));
  expect(Object.keys(texts)).toHaveLength(12);
  for (const text of Object.values(texts)) expect(text.reveal().length).toBeLessThan(4096);
});

it('refuses credentials of another account', async () => {
  const elsewhere = awsSecretStore({ ...environment, aws: { ...environment.aws, account: '999999999999' } }, connection);
  await expect(elsewhere.put('/toy/key', Secret.of('x'), 'secret')).rejects.toMatchObject({ code: 'wrong-account' });
});
