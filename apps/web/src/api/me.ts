/** Who is signed in. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, send } from './client.ts';
import { isSignedOut } from './problem.ts';
import { type Me, me } from './schemas.ts';

/** The signed-in user, or null; a missing sign-in is no failure. */
export function useMe() {
  return useQuery({
    queryKey: ['me'],
    queryFn: ({ signal }): Promise<Me | null> =>
      ask('/api/me', me, { signal }).catch((error: unknown) => {
        if (isSignedOut(error)) return null;
        throw error;
      }),
    refetchOnWindowFocus: true,
  });
}

/** Forgets everything that was shown to the person. */
export function useSignOut(then: () => void) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send('/api/auth/logout', { method: 'POST' }),
    onSuccess: () => {
      then();
      client.clear();
      client.setQueryData(['me'], null);
    },
  });
}

/** The server keeps no longer page for the way back, counted in percent-encoding. */
const longestReturnTo = 1200;

/**
 * Where to sign in and come back from. A page whose address is too long is come back to without its
 * query.
 */
export function signInPath(returnTo: string): string {
  const { pathname, search } = new URL(`https://any.example${returnTo}`);
  const page = pathname.length + search.length <= longestReturnTo ? returnTo : pathname.slice(0, longestReturnTo);
  return `/api/auth/login?returnTo=${encodeURIComponent(page)}`;
}
