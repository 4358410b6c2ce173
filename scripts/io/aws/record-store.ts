/** The records of releases in the artifact bucket, `releases/<id>.json`. */
import {
  GetObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  NoSuchKey,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { RecordStore } from '../../../lib/ports/records.ts';

const prefix = 'releases/';
const suffix = '.json';
/** Larger than any record. What is longer is none of ours. */
const longest = 256 * 1024;

export function s3RecordStore(s3: S3Client, Bucket: string): RecordStore {
  const at = (name: string) => ({ Bucket, Key: `${prefix}${name}${suffix}` });
  return {
    async names() {
      const names: string[] = [];
      for (let from: string | undefined, more = true; more; ) {
        const page: ListObjectsV2CommandOutput = await s3.send(
          new ListObjectsV2Command({ Bucket, Prefix: prefix, ContinuationToken: from }),
        );
        for (const { Key = '' } of page.Contents ?? []) {
          if (Key.endsWith(suffix)) names.push(Key.slice(prefix.length, -suffix.length));
        }
        from = page.NextContinuationToken;
        more = from !== undefined;
      }
      return names;
    },
    async read(name) {
      try {
        const { Body, ContentLength = 0 } = await s3.send(new GetObjectCommand(at(name)));
        return ContentLength > longest ? '' : ((await Body?.transformToString()) ?? '');
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async create(name, text) {
      try {
        await s3.send(new PutObjectCommand({ ...at(name), Body: text, ContentType: 'application/json', IfNoneMatch: '*' }));
        return true;
      } catch (error) {
        if (isThere(error)) return false;
        throw error;
      }
    },
    async replace(name, text) {
      await s3.send(new PutObjectCommand({ ...at(name), Body: text, ContentType: 'application/json' }));
    },
  };
}

/** 409: another write of that key at the same time. */
function isThere(error: unknown): boolean {
  const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
  return status === 409 || status === 412;
}
