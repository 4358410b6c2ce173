/** Artifacts in a bucket of the local AWS. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import config from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { putArtifact } from '../../../../scripts/io/aws/artifacts.ts';
import { type AwsClients, awsClients } from '../../../../scripts/io/aws/clients.ts';
import { connectionFrom } from '../../../../scripts/io/connection.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';

const top = mkdtempSync(join(tmpdir(), 'dojang-artifacts-test-'));
const folder = join(top, 'aws');
const environment = environmentOf(config, 'local');
const bucket = 'toy-artifacts';
const file = join(top, 'api.tar.gz');
let clients: AwsClients;

beforeAll(async () => {
  const local = await ensureLocalAws(folder, environment.aws, { mayStart: true, progress: () => undefined });
  clients = awsClients(environment, connectionFrom(local.env));
  const where = { LocationConstraint: 'ap-northeast-2' } as const;
  await clients.s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: where }));
  writeFileSync(file, Buffer.alloc(3_000_000, 'dojang '));
});

afterAll(async () => {
  await stopLocalAws(folder);
  remove(top);
});

it('uploads what is not there, once, and what is read back is what was sent', async () => {
  const notes: string[] = [];
  const note = (text: string) => void notes.push(text);
  expect(await putArtifact({ clients }, bucket, 'api/1.tar.gz', file, note)).toBe(true);
  expect(await putArtifact({ clients }, bucket, 'api/1.tar.gz', file, note)).toBe(false);
  expect(notes).toEqual(['uploading 3 MiB']);
  const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'api/1.tar.gz' }));
  expect(Buffer.from((await Body?.transformToByteArray()) ?? []).equals(Buffer.alloc(3_000_000, 'dojang '))).toBe(true);
});

it('refuses a key that holds something else', async () => {
  await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'api/2.tar.gz', Body: 'by hand' }));
  await expect(putArtifact({ clients }, bucket, 'api/2.tar.gz', file, () => undefined)).rejects.toMatchObject({
    code: 'artifact-differs',
    next: expect.stringContaining('api/2.tar.gz'),
  });
});
