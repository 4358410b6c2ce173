/**
 * Shows its content after sign-in, and keeps it when the session ends, so that no input is lost.
 */
import { type ReactNode, useState } from 'react';
import { useMe } from '../../api/me.ts';
import type { Me } from '../../api/schemas.ts';
import { Loaded } from '../../ui/feedback/loaded.tsx';
import { SkeletonSheets } from '../../ui/feedback/skeleton.tsx';
import { SignInPrompt } from './sign-in-prompt.tsx';

export function SignedIn({ children }: { children: (person: Me) => ReactNode }) {
  const query = useMe();
  const [last, setLast] = useState<Me>();
  if (query.data && query.data !== last) setLast(query.data);
  if (last) return children(query.data ?? last);
  return (
    <Loaded query={query} skeleton={<SkeletonSheets count={2} />}>
      {(person) => (person ? children(person) : <SignInPrompt />)}
    </Loaded>
  );
}
