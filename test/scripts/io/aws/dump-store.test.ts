/** Manifests in a bucket of the local AWS. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import config from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { type AwsClients, awsClients } from '../../../../scripts/io/aws/clients.ts';
import { s3DumpStore } from '../../../../scripts/io/aws/dump-store.ts';
import { connectionFrom } from '../../../../scripts/io/connection.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';

const top = mkdtempSync(join(tmpdir(), 'dojang-dump-store-test-'));
const folder = join(top, 'aws');
const environment = environmentOf(config, 'local');
const bucket = 'toy-dumps';
const hash = 'f'.repeat(64);
let clients: AwsClients;

beforeAll(async () => {
  const local = await ensureLocalAws(folder, environment.aws, { mayStart: true, progress: () => undefined });
  clients = awsClients(environment, connectionFrom(local.env));
  const where = { LocationConstraint: 'ap-northeast-2' } as const;
  await clients.s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: where }));
});

afterAll(async () => {
  await stopLocalAws(folder);
  remove(top);
});

const keyOf = (id: string) => `dumps/${id}.json`;
const put = (id: string) => {
  const manifest = {
    version: 1,
    id,
    label: 'nightly',
    at: '2026-11-28T12:00:00Z',
    server: { version: '8.0.44', uuid: '251aa5cd-eb52-11f1-8660-02fc00000001' },
    position: { file: 'binlog.000002', offset: 157 },
    tables: [],
    rows: 0,
    migrations: [],
    dataBytes: 1,
    bytes: 1,
    sha256: hash,
    seconds: 1,
  };
  return clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: keyOf(id), Body: JSON.stringify(manifest) }));
};
const ids = async () => (await s3DumpStore(clients.s3, bucket).stored()).dumps.map(({ id }) => id);

it('leaves out a dump that is removed while the others are read', async () => {
  const [removed, stays] = ['20261121T120000Z-nightly', '20261128T120000Z-nightly'];
  await put(removed);
  await put(stays);
  expect(await ids()).toEqual([removed, stays]);
  clients.s3.middlewareStack.add(
    (next, { commandName }) =>
      async (sent) => {
        if (commandName === 'GetObjectCommand') {
          await clients.s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: keyOf(removed) }));
        }
        return next(sent);
      },
    { step: 'initialize', name: 'remove-after-listing' },
  );
  expect(await ids()).toEqual([stays]);
});
