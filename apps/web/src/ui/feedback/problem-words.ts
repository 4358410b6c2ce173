/** Texts of a failure for the user. */
import { ApiProblem } from '../../api/problem.ts';
import type { Translate } from '../../i18n/index.ts';
import type { Language } from '../../words/money.ts';
import { spanWords } from '../../words/spans.ts';

export interface ProblemWords {
  readonly what: string;
  /** When a next attempt makes sense. */
  readonly wait: string | undefined;
  /** The server's own message, in its own language. */
  readonly said: readonly string[];
}

const statusTexts = {
  401: 'problem.s401',
  403: 'problem.s403',
  404: 'problem.s404',
  409: 'problem.s409',
  413: 'problem.s413',
  422: 'problem.s422',
  429: 'problem.s429',
} as const;

export function problemWords(error: Error, t: Translate, language: Language): ProblemWords {
  if (!(error instanceof ApiProblem)) return { what: t('problem.other'), wait: undefined, said: [] };
  const { retryAfter } = error;
  return {
    what: whatOf(error, t),
    wait: retryAfter === undefined ? undefined : t('problem.wait', { span: spanWords(retryAfter, language) }),
    said: saidBy(error),
  };
}

/** Who may try again so soon has used up no day, in seconds. */
const soon = 600;

function whatOf({ kind, status, retryAfter }: ApiProblem, t: Translate): string {
  if (kind !== 'refused') return t(`problem.${kind}`);
  if (status === 429 && retryAfter !== undefined && retryAfter <= soon) return t('problem.soon');
  if (status in statusTexts) return t(statusTexts[status as keyof typeof statusTexts]);
  return t(status >= 500 ? 'problem.server' : 'problem.other');
}

function saidBy({ kind, status, detail, faults }: ApiProblem): string[] {
  if (kind !== 'refused' || status === 401 || status === 404) return [];
  return [...(detail ? [detail] : []), ...faults.map(({ message }) => message)];
}
