/** Audit records in the artifact bucket. No host may write there. */
import { GetObjectCommand, NoSuchKey, PutObjectCommand, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { AuditStore } from '../../../lib/ports/audit.ts';

/** Bytes. Larger than any record: what is longer is none. */
const longest = 65_536;

/** Milliseconds. A record must not hold a command up. */
const limit = 15_000;

export function s3AuditStore(s3: S3Client, Bucket: string): AuditStore {
  return {
    async write(Key, Body) {
      const object = { Bucket, Key, Body, ContentType: 'application/json' };
      await s3.send(new PutObjectCommand(object), { abortSignal: AbortSignal.timeout(limit) });
    },
    async keysAfter(StartAfter) {
      const keys: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: 'audit/', StartAfter })) {
        keys.push(...Contents.flatMap(({ Key }) => Key ?? []));
      }
      return keys;
    },
    async read(Key) {
      try {
        const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        return ContentLength > longest ? undefined : await Body?.transformToString();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
  };
}
