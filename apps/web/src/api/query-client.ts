/** How answers are kept and asked for again. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';
import { isPassing, isSignedOut } from './problem.ts';
import { sessionLost } from './session-lost.ts';

const attempts = 2;

export function createQueryClient(): QueryClient {
  const client = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (isSignedOut(error)) client.setQueryData(['me'], null);
      },
    }),
    // What was being written stays on the page; a dialog asks to sign in beside it.
    mutationCache: new MutationCache({
      onError: (error) => {
        if (isSignedOut(error)) sessionLost.set(true);
      },
    }),
    defaultOptions: {
      // A device that believes to be offline still gets words instead of a skeleton that never
      // ends.
      queries: {
        networkMode: 'always',
        refetchOnReconnect: true,
        staleTime: 30_000,
        retry: (count, error) => count < attempts && isPassing(error),
      },
      mutations: { networkMode: 'always' },
    },
  });
  return client;
}
