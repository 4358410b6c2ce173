/**
 * The conditions under which the lock's object and records of releases are written, in the embedded
 * S3.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import config from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import type { LockStore } from '../../../../lib/ports/lock.ts';
import { type AwsClients, awsClients } from '../../../../scripts/io/aws/clients.ts';
import { s3LockStore } from '../../../../scripts/io/aws/lock-store.ts';
import { s3RecordStore } from '../../../../scripts/io/aws/record-store.ts';
import { connectionFrom } from '../../../../scripts/io/connection.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';

const top = mkdtempSync(join(tmpdir(), 'dojang-lock-test-'));
const folder = join(top, 'aws');
const environment = environmentOf(config, 'local');
const bucket = 'toy-locks';
let clients: AwsClients;
let store: LockStore;

beforeAll(async () => {
  const local = await ensureLocalAws(folder, environment.aws, { mayStart: true, progress: () => undefined });
  clients = awsClients(environment, connectionFrom(local.env));
  const where = { LocationConstraint: 'ap-northeast-2' } as const;
  await clients.s3.send(new CreateBucketCommand({ Bucket: bucket, CreateBucketConfiguration: where }));
  store = s3LockStore(clients.s3, bucket);
});
afterEach(async () => {
  const stored = await store.read();
  if (stored) await store.remove(stored.tag);
});
afterAll(async () => {
  await stopLocalAws(folder);
  remove(top);
});

it('nothing is stored at first', async () => expect(await store.read()).toBeUndefined());

it('a lock is written where there is none, and read with its tag and its age', async () => {
  const tag = await store.write('one');
  expect(tag).toBeDefined();
  const stored = await store.read();
  expect(stored).toMatchObject({ text: 'one', tag });
  expect(stored?.ageSeconds).toBeLessThan(30);
});

it('of several that find none, one writes', async () => {
  const tags = await Promise.all(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((text) => store.write(text)));
  expect(tags.filter((tag) => tag !== undefined)).toHaveLength(1);
});

it('a lock is written over the one that was read, and over no other', async () => {
  const first = await store.write('one');
  const second = await store.write('two', first);
  expect(second).toBeDefined();
  expect(await store.write('three', first)).toBeUndefined();
  expect((await store.read())?.text).toBe('two');
});

it('nothing is written over one that is gone', async () => {
  const tag = await store.write('one');
  await store.remove(tag ?? '');
  expect(await store.write('two', tag)).toBeUndefined();
  expect(await store.read()).toBeUndefined();
});

it('a lock that has changed is not removed', async () => {
  const first = await store.write('one');
  await store.write('two', first);
  await store.remove(first ?? '');
  expect((await store.read())?.text).toBe('two');
});

it('of an object that is larger than any lock nothing is read', async () => {
  const large = { Bucket: bucket, Key: 'locks/environment.json', Body: 'x'.repeat(100_000) };
  await clients.s3.send(new PutObjectCommand(large));
  expect(await store.read()).toMatchObject({ text: '' });
});

it('a bucket that is not there is an error, and no lock', async () => {
  const gone = s3LockStore(clients.s3, 'no-such-bucket');
  await expect(gone.read()).rejects.toThrow();
  await expect(gone.write('one')).rejects.toThrow();
});

it('a record of a release is created once, replaced, and listed without what is no record', async () => {
  const records = s3RecordStore(clients.s3, bucket);
  expect([await records.names(), await records.read('2026-11-28.1')]).toEqual([[], undefined]);
  const created = await Promise.all(['a', 'b', 'c', 'd'].map((text) => records.create('2026-11-28.1', text)));
  expect(created.filter(Boolean)).toHaveLength(1);
  await records.replace('2026-11-28.1', 'ended');
  await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'releases/notes.txt', Body: 'by hand' }));
  expect([await records.names(), await records.read('2026-11-28.1')]).toEqual([['2026-11-28.1'], 'ended']);
});

it('a record that is longer than any is not read into memory', async () => {
  const records = s3RecordStore(clients.s3, bucket);
  await records.create('2026-11-28.2', 'x'.repeat(300_000));
  expect(await records.read('2026-11-28.2')).toBe('');
});
