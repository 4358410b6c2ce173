/** Limits of one contract, checked before anything is sent. The server decides. */

export const limits = { pages: 30, bytes: 20 * 1024 * 1024, pageCharacters: 40_000, characters: 240_000 } as const;

/** What can be read, by media type, and how files of it are called. */
export const readable = {
  'image/jpeg': ['.jpg', '.jpeg'],
  'image/png': ['.png'],
  'application/pdf': ['.pdf'],
  'text/plain': ['.txt'],
} as const satisfies Record<string, readonly string[]>;

/** The media type of a file: the browser's if it can be read, else the one of the file's name. */
export function mediaTypeOf({ name, type }: { readonly name: string; readonly type: string }): string {
  if (type in readable) return type;
  const lower = name.toLowerCase();
  const known = Object.entries(readable).find(([, endings]) => endings.some((ending) => lower.endsWith(ending)));
  return known?.[0] ?? type;
}

export interface Sized {
  readonly name: string;
  readonly type: string;
  readonly size: number;
  /** Of a page that is text. */
  readonly characters?: number | undefined;
}

type Reason = 'type' | 'empty' | 'pages' | 'bytes' | 'characters';

export interface Admission<T> {
  readonly taken: readonly T[];
  readonly refused: readonly { readonly page: T; readonly reason: Reason }[];
}

/**
 * Which of the pages still fit to those that are there, in their order, and why the others do not.
 */
export function admit<T extends Sized>(present: readonly Sized[], pages: readonly T[]): Admission<T> {
  const taken: T[] = [];
  const refused: { page: T; reason: Reason }[] = [];
  for (const page of pages) {
    const reason = objection([...present, ...taken], page);
    if (reason) refused.push({ page, reason });
    else taken.push(page);
  }
  return { taken, refused };
}

function objection(present: readonly Sized[], page: Sized): Reason | undefined {
  if (!(page.type in readable)) return 'type';
  if (page.size === 0) return 'empty';
  if (present.length >= limits.pages) return 'pages';
  if (totalSize(present) + page.size > limits.bytes) return 'bytes';
  return hasTooManyCharacters(present, page) ? 'characters' : undefined;
}

function hasTooManyCharacters(present: readonly Sized[], { characters = 0 }: Sized): boolean {
  const others = present.reduce((sum, page) => sum + (page.characters ?? 0), 0);
  return characters > limits.pageCharacters || others + characters > limits.characters;
}

export function totalSize(pages: readonly Sized[]): number {
  return pages.reduce((sum, page) => sum + page.size, 0);
}

/** Moves one entry by a number of places; at an end it stays where it is. */
export function moved<T>(entries: readonly T[], from: number, by: number): T[] {
  const to = from + by;
  const entry = entries[from];
  if (entry === undefined || to < 0 || to >= entries.length) return [...entries];
  return entries.toSpliced(from, 1).toSpliced(to, 0, entry);
}
