/** Dumps and binary logs in the artifact bucket, which the host of the database puts there. */
import { GetObjectCommand, NoSuchKey, paginateListObjectsV2, type S3Client } from '@aws-sdk/client-s3';
import type { DumpStore } from '../../../lib/ports/dumps.ts';
import { parseLogKey, parseManifest } from '../../../lib/release/database/manifest.ts';

/** Bytes. A manifest has some hundred for each table. What is longer is none of ours. */
const longest = 4 * 1024 * 1024;

export function s3DumpStore(client: S3Client, bucket: string): DumpStore {
  const keysBelow = async (prefix: string) => {
    const keys: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: prefix })) {
      keys.push(...Contents.flatMap(({ Key, Size = 0 }) => (Key !== undefined && (Size <= longest || prefix !== 'dumps/') ? [Key] : [])));
    }
    return keys;
  };
  /** Empty for one that the host has removed since it was listed. */
  const read = async (key: string) => {
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return (await Body?.transformToString()) ?? '';
    } catch (error) {
      if (error instanceof NoSuchKey) return '';
      throw error;
    }
  };
  return {
    async stored() {
      const [dumps, logs] = await Promise.all([keysBelow('dumps/'), keysBelow('binlogs/')]);
      const texts = await Promise.all(dumps.filter((key) => key.endsWith('.json')).map(read));
      return { dumps: texts.flatMap((text) => parseManifest(text) ?? []), logs: logs.flatMap((key) => parseLogKey(key) ?? []) };
    },
  };
}
