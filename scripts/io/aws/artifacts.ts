/**
 * Artifacts in the environment's bucket. Their names come from their contents, so what is there is
 * never written again.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { HeadObjectCommand, type HeadObjectCommandOutput, PutObjectCommand } from '@aws-sdk/client-s3';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../lib/ports/reporter.ts';
import type { AwsClients } from './clients.ts';

type BucketClient = { readonly clients: Pick<AwsClients, 's3'> };

/**
 * Uploads a file unless its key is there; the bucket checks that it got what was sent. Answers
 * whether it was uploaded.
 * @throws DojangError `artifact-differs` when the key holds something else
 */
export async function putArtifact(
  { clients }: BucketClient,
  bucket: string,
  key: string,
  file: string,
  progress: Progress,
): Promise<boolean> {
  const checksum = await sha256(file);
  const there = await head(clients, bucket, key);
  if (there) return sameOrThrow(key, checksum, there);
  const { size } = await stat(file);
  progress(`uploading ${Math.ceil(size / 1024 ** 2)} MiB`);
  const body = { Body: createReadStream(file), ContentLength: size, ChecksumAlgorithm: 'SHA256', ChecksumSHA256: checksum } as const;
  await clients.s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, ...body }));
  return true;
}

/** In base64, as S3 writes it. */
async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('base64');
}

async function head({ s3 }: Pick<AwsClients, 's3'>, Bucket: string, Key: string): Promise<HeadObjectCommandOutput | undefined> {
  try {
    return await s3.send(new HeadObjectCommand({ Bucket, Key, ChecksumMode: 'ENABLED' }));
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFound') return undefined;
    throw error;
  }
}

/** Otherwise another file, put there by hand, would be installed on a host. */
function sameOrThrow(key: string, checksum: string, { ChecksumSHA256 }: HeadObjectCommandOutput): false {
  if (ChecksumSHA256 === checksum) return false;
  throw new DojangError('artifact-differs', `the bucket has ${key} with other contents`, {
    why: 'Artifacts are named by their contents and written once; this one was changed or cut off.',
    next: `delete ${key} from the bucket, then run it again`,
  });
}
