/** Audit records in the embedded S3. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateBucketCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import config from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import type { AuditStore } from '../../../../lib/ports/audit.ts';
import { s3AuditStore } from '../../../../scripts/io/aws/audit-store.ts';
import { type AwsClients, awsClients } from '../../../../scripts/io/aws/clients.ts';
import { connectionFrom } from '../../../../scripts/io/connection.ts';
import { remove } from '../../../../scripts/io/state.ts';
import { ensureLocalAws, stopLocalAws } from '../../../../scripts/local/aws/index.ts';

const top = mkdtempSync(join(tmpdir(), 'dojang-audit-test-'));
const folder = join(top, 'aws');
const environment = environmentOf(config, 'local');
let clients: AwsClients;
let store: AuditStore;

beforeAll(async () => {
  const local = await ensureLocalAws(folder, environment.aws, { mayStart: true, progress: () => undefined });
  clients = awsClients(environment, connectionFrom(local.env));
  const where = { LocationConstraint: 'ap-northeast-2' } as const;
  await clients.s3.send(new CreateBucketCommand({ Bucket: 'toy-audit', CreateBucketConfiguration: where }));
  store = s3AuditStore(clients.s3, 'toy-audit');
});
afterAll(async () => {
  await stopLocalAws(folder);
  remove(top);
});

it('a record is written, written again and read; one that is missing or too long is none', async () => {
  await store.write('audit/2026-11-28/10-00-00-a.json', 'begun');
  await store.write('audit/2026-11-28/10-00-00-a.json', 'ended');
  expect(await store.read('audit/2026-11-28/10-00-00-a.json')).toBe('ended');
  expect(await store.read('audit/2026-11-28/10-00-00-b.json')).toBeUndefined();
  await store.write('audit/2026-11-27/10-00-00-long.json', 'x'.repeat(70_000));
  expect(await store.read('audit/2026-11-27/10-00-00-long.json')).toBeUndefined();
});

it('keys after a time are all there, also beyond one page, and no others', async () => {
  const names = Array.from({ length: 1_010 }, (_, index) => `audit/2026-11-29/${String(index).padStart(5, '0')}.json`);
  for (let at = 0; at < names.length; at += 20) await Promise.all(names.slice(at, at + 20).map((name) => store.write(name, 'x')));
  await store.write('releases/2026-11-29.1.json', 'x');
  expect(await store.keysAfter('audit/2026-11-29/')).toEqual(names);
  expect(await store.keysAfter('audit/2026-11-29/01005')).toHaveLength(5);
  expect(await store.keysAfter('audit/2026-11-30/')).toEqual([]);
});

it('a bucket that is gone is an error', async () => {
  await expect(s3AuditStore(clients.s3, 'no-such-bucket').write('audit/x', 'x')).rejects.toThrow();
});
