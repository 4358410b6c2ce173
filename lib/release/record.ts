/** The record of one release: what the artifact bucket keeps of it, `releases/<id>.json`. */
import * as z from 'zod';
import { releaseIdPattern } from './release-id.ts';

/** Bounds of what is read: a record is a few KB. */
const limits = { steps: 64, text: 256, migrations: 500 } as const;

const id = z.string().max(32).regex(releaseIdPattern);
const text = z.string().max(limits.text);
const seconds = z.number().min(0).max(1_000_000_000);

const releaseRecord = z.strictObject({
  version: z.literal(1),
  id,
  verb: z.enum(['deploy', 'rollback']),
  component: z.enum(['web', 'api', 'ai']),
  /** SHA-256 of the artifact. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  /** Missing for a build outside a git repository. */
  commit: text.optional(),
  /** The first line of its message. */
  subject: text.optional(),
  /** The working tree was another than the commit. */
  uncommitted: z.boolean().optional(),
  /** When its command had nothing left to do; missing for one that was ended before. */
  ended: z.iso.datetime().optional(),
  who: z.strictObject({ owner: z.string().max(128), host: z.string().max(256) }),
  /** When it began, by the operator's clock; shown only. */
  since: z.iso.datetime(),
  steps: z
    .array(z.strictObject({ id: z.string().min(1).max(64), state: z.enum(['done', 'failed', 'undone']), seconds }))
    .max(limits.steps)
    .readonly(),
  /**
   * `running`: it has begun; a command that was ended leaves it so, and it is `interrupted` when
   * there are later ones. `failed`: it did not come to serve, or could not be undone.
   */
  outcome: z.enum(['running', 'interrupted', 'serving', 'superseded', 'rolled-back', 'failed']),
  /** It was its own fault that it did not come to serve: it is never a target of a rollback. */
  bad: z.boolean().optional(),
  /** Why it does not serve. */
  reason: text.optional(),
  /** Of a rollback: the release that it leaves, which is bad when the rollback serves. */
  leaves: id.optional(),
  /** All that the release has, in their order; those of the API. */
  migrations: z
    .array(z.strictObject({ name: z.string().max(128), expandOnly: z.boolean() }))
    .max(limits.migrations)
    .readonly()
    .optional(),
  /** Key of the dump that was made before it. */
  dump: text.optional(),
  downtimeSeconds: seconds,
});

export type ReleaseRecord = Readonly<z.infer<typeof releaseRecord>>;

/** A text as a record holds it. */
export const recordLine = (line: string) => line.replaceAll(/\s+/g, ' ').trim().slice(0, limits.text);

/** @throws a ZodError for what is none. */
export function recordText(record: ReleaseRecord): string {
  return `${JSON.stringify(releaseRecord.parse(record), null, 2)}\n`;
}

/** Undefined for what is no record: half written, or of a version to come. */
export function parseRecord(content: string): ReleaseRecord | undefined {
  try {
    return releaseRecord.parse(JSON.parse(content));
  } catch {
    return undefined;
  }
}

export function isBad({ outcome, bad = false }: Pick<ReleaseRecord, 'outcome' | 'bad'>): boolean {
  return outcome === 'rolled-back' || bad;
}

/** Whether it says something of its content: one that was ended, say, does not. */
export function isVerdict(record: Pick<ReleaseRecord, 'outcome' | 'bad'>): boolean {
  return isBad(record) || record.outcome === 'serving' || record.outcome === 'superseded';
}
