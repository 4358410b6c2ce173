/**
 * The lock in the artifact bucket, by conditional writes
 * (https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html).
 */
import {
  DeleteObjectCommand,
  GetObjectCommand,
  NoSuchBucket,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { LockStore } from '../../../lib/ports/lock.ts';

const key = 'locks/environment.json';
/** Larger than any record. What is longer is no lock of ours. */
const longest = 16_384;

/** Conditions that did not hold: changed meanwhile, gone meanwhile, or two writes at one time. */
const changed = [404, 409, 412];

export function s3LockStore(s3: S3Client, bucket: string): LockStore {
  const at = { Bucket: bucket, Key: key };
  return {
    async read() {
      try {
        const { answer, date } = await withDate(s3, new GetObjectCommand(at));
        const { Body, ETag = '', LastModified = date, ContentLength = 0 } = answer;
        const text = ContentLength > longest ? '' : ((await Body?.transformToString()) ?? '');
        return { text, tag: ETag, ageSeconds: Math.max(0, (date.getTime() - LastModified.getTime()) / 1000) };
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async write(text, over) {
      const condition = over === undefined ? { IfNoneMatch: '*' } : { IfMatch: over };
      try {
        const { ETag } = await s3.send(new PutObjectCommand({ ...at, ...condition, Body: text, ContentType: 'application/json' }));
        return ETag;
      } catch (error) {
        if (hasChanged(error)) return undefined;
        throw error;
      }
    },
    async remove(tag) {
      try {
        await s3.send(new DeleteObjectCommand({ ...at, IfMatch: tag }));
      } catch (error) {
        if (!hasChanged(error)) throw error;
      }
    },
  };
}

/** The answer, and the time of it by S3's clock. */
async function withDate(s3: S3Client, command: GetObjectCommand) {
  let date = new Date();
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { headers } = result.response as { headers?: Readonly<Record<string, string>> };
      if (headers?.date) date = new Date(headers.date);
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'dateOfAnswer' },
  );
  return { answer: await s3.send(command), date };
}

/** A bucket that is gone is no condition. */
function hasChanged(error: unknown): boolean {
  const status = error instanceof S3ServiceException ? (error.$metadata.httpStatusCode ?? 0) : 0;
  return changed.includes(status) && !(error instanceof NoSuchBucket) && (error as Error).name !== 'NoSuchBucket';
}
