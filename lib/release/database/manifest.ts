/** What is known of a dump, and of the binary logs that were shipped. */
import * as z from 'zod';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const table = z.object({
  name: z.string().min(1),
  rows: z.int().min(0),
  /** Over all rows, in any order, and over the table's definition. */
  checksum: hash,
  definition: hash,
});

const manifest = z.object({
  version: z.literal(1),
  /** `<time>-<label>`, which sorts by time. */
  id: z.string().regex(/^\d{8}T\d{6}Z-[\w.-]+$/),
  /** The release that the dump was made before, `nightly`, or what a restore makes. */
  label: z.string().min(1),
  /** The moment that the dump shows. */
  at: z.iso.datetime(),
  /**
   * Of what a restore has put in place: when it did. Logs of before do not lead to what is after.
   */
  since: z.iso.datetime().optional(),
  server: z.object({ version: z.string().min(1), uuid: z.uuid() }),
  /** Where the binary log goes on from the dump. */
  position: z.object({ file: z.string().regex(/\.\d+$/), offset: z.int().min(4) }),
  tables: z.array(table),
  rows: z.int().min(0),
  /** Names of the migrations that had been applied. */
  migrations: z.array(z.string()),
  /** Bytes in the database, and of the compressed dump. */
  dataBytes: z.int().min(0),
  bytes: z.int().min(1),
  sha256: hash,
  /** How long it took, with the comparison. */
  seconds: z.number().min(0),
});

export type DumpManifest = z.infer<typeof manifest>;

/** Undefined for what is no manifest: damaged, or of a version to come. */
export function parseManifest(text: string): DumpManifest | undefined {
  try {
    return manifest.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export interface BinaryLog {
  readonly key: string;
  readonly server: string;
  /** Number of the file on that server. */
  readonly number: number;
  /** Times of the first and of the last event. */
  readonly from: Date;
  readonly until: Date;
  /** Of the file before it was compressed. */
  readonly bytes: number;
  readonly sha256: string;
}

const logKey = /^binlogs\/([\w-]+)\/(\d+)-(\d{8}T\d{6}Z)-(\d{8}T\d{6}Z)-(\d+)-([0-9a-f]{64})\.gz$/;

/** Undefined for a key of anything else. */
export function parseLogKey(key: string): BinaryLog | undefined {
  const [, server, number, from = '', until = '', bytes, sha256 = ''] = logKey.exec(key) ?? [];
  if (server === undefined) return undefined;
  return { key, server, number: Number(number), from: timeOf(from), until: timeOf(until), bytes: Number(bytes), sha256 };
}

/** `20261128T171500Z`. */
function timeOf(text: string): Date {
  return new Date(text.replace(/^(....)(..)(..)T(..)(..)(..)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
