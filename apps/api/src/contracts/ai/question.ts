/** What the AI server is asked. */
import type { Locale, Page } from '../contract.ts';

export interface Question {
  /** The contract's id: the server gives the same answer to the same id. */
  readonly requestId: string;
  readonly locale: Locale;
  readonly pages: readonly Page[];
  /**
   * For how many seconds the answer is waited for: within them the server says whether the contract
   * is too costly.
   */
  readonly waitSeconds: number;
}
