/** An easy contract: the submitted pages of a lease, and the state of its answer. */

export type Locale = 'ko' | 'en';

/** `late` and `unreadable` are answers too: each contract gets exactly one of the last three. */
export type Status = 'waiting' | 'running' | 'answered' | 'late' | 'unreadable';

/** The same in both languages. */
export interface Words {
  readonly ko: string;
  readonly en: string;
}

export type MediaType = 'application/pdf' | 'image/png' | 'image/jpeg';

export type Page =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'pdf' | 'image'; readonly mediaType: MediaType; readonly data: Buffer };

export type OpenStatus = 'waiting' | 'running';

export const isOpen = (status: Status): status is OpenStatus => status === 'waiting' || status === 'running';
