/** The next part of a list, when there is one. */
import { useWords } from '../../i18n/index.ts';
import { Button } from '../form/button.tsx';
import { ProblemNotice } from './problem-notice.tsx';

export interface Continued {
  readonly data: unknown;
  readonly error: Error | null;
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => unknown;
}

export function More({ query }: { query: Continued }) {
  const { t } = useWords();
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  if (data === undefined) return null;
  return (
    <>
      {error && <ProblemNotice error={error} retry={() => fetchNextPage()} busy={isFetchingNextPage} />}
      {hasNextPage && !error && (
        <div>
          <Button onClick={() => fetchNextPage()} disabled={isFetchingNextPage}>
            {t(isFetchingNextPage ? 'loadingMore' : 'more')}
          </Button>
        </div>
      )}
    </>
  );
}
