/** Under which key an answer is kept: of one person alone. */
import { createHash } from 'node:crypto';

/**
 * SHA-256 over the person's id and the content's digest. Were answers shared between people, the
 * speed and the status of a submission would reveal whether another user has sent the same text,
 * and a contract is a private paper.
 */
export const answerKey = (personId: string, contentDigest: Buffer): Buffer =>
  createHash('sha256').update(`person ${personId}:`).update(contentDigest).digest();
