/**
 * One comment a pull request: found again by its marker and its author, brought up to date, never
 * added twice.
 */
import type { Comments } from '../../io/rest/comments.ts';

export interface Sticky {
  /** What the text begins with. */
  readonly marker: string;
  readonly body: string;
  /** Whether it is worth a comment when there is none yet. */
  readonly add: boolean;
}

export interface Posting {
  readonly did: 'added' | 'updated' | 'left as it is' | 'not needed';
  readonly url?: string;
}

/**
 * Any user may begin a comment with the marker, so the author must be this account; a comment that
 * quotes the marker further down is about ours.
 */
export async function postSticky(comments: Comments, { marker, body, add }: Sticky): Promise<Posting> {
  const self = await comments.self();
  const there = (await comments.list()).find((comment) => comment.author === self && comment.body.startsWith(marker));
  // A forge may trim what it keeps.
  if (there?.body.trim() === body.trim()) return { did: 'left as it is', url: there.url };
  if (there) return { did: 'updated', url: (await comments.update(there.id, body)).url };
  return add ? { did: 'added', url: (await comments.add(body)).url } : { did: 'not needed' };
}
