/**
 * What a query brought: a skeleton while it comes, words when it failed, else the page's own
 * content.
 */
import type { ReactNode } from 'react';
import { isMissing, isSignedOut } from '../../api/problem.ts';
import { useWords } from '../../i18n/index.ts';
import { SignInPrompt } from '../../shell/account/sign-in-prompt.tsx';
import { ProblemNotice } from './problem-notice.tsx';

interface Asked<T> {
  readonly data: T | undefined;
  readonly error: Error | null;
  readonly isFetching: boolean;
  readonly refetch: () => unknown;
}

export interface LoadedProps<T> {
  readonly query: Asked<T>;
  readonly skeleton: ReactNode;
  readonly children: (data: T) => ReactNode;
}

export function Loaded<T>({ query, skeleton, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (isSignedOut(query.error)) return <SignInPrompt />;
  if (query.error) {
    const retry = isMissing(query.error) ? undefined : () => query.refetch();
    return <ProblemNotice error={query.error} retry={retry} busy={query.isFetching} />;
  }
  return <Waiting>{skeleton}</Waiting>;
}

function Waiting({ children }: { children: ReactNode }) {
  const { t } = useWords();
  return (
    <div role="status" aria-busy="true">
      <span className="unseen">{t('loading')}</span>
      <div aria-hidden="true">{children}</div>
    </div>
  );
}
