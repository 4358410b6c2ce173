/** Contracts of the person: the list, one of them with its progress, and sending a new one. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { ask } from '../api/client.ts';
import { follow } from '../api/events.ts';
import { isMissing } from '../api/problem.ts';
import { type Contract, contract, contracts } from '../api/schemas.ts';
import { submitContract } from '../api/upload.ts';
import { useWords } from '../i18n/index.ts';
import { type DraftPage, useDraft } from './submission/draft.tsx';

/** How often to look when the stream of events is down. */
const lookEveryMs = 15_000;

export function useContracts() {
  return useInfiniteQuery({
    queryKey: ['contracts'],
    queryFn: ({ pageParam, signal }) =>
      ask(`/api/contracts${pageParam && `?before=${encodeURIComponent(pageParam)}`}`, contracts, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
    staleTime: 5000,
  });
}

/** A contract, followed until it is answered. `connected` says whether the event stream is open. */
export function useContract(id: string) {
  const client = useQueryClient();
  const [connected, setConnected] = useState(true);
  const key = ['contract', id];
  const query = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => ask(`/api/contracts/${encodeURIComponent(id)}`, contract, { signal }),
    refetchInterval: connected ? false : lookEveryMs,
  });
  // One that has been deleted meanwhile stays as it was last seen; there is nothing to wait for.
  const open = !isMissing(query.error) && (query.data?.status === 'waiting' || query.data?.status === 'running');
  useEffect(() => {
    if (!open) return;
    const stop = follow(
      id,
      {
        connected: setConnected,
        progress: (news) => client.setQueryData<Contract>(['contract', id], (before) => before && { ...before, ...news }),
        done: (answer) => {
          client.setQueryData(['contract', id], answer);
          void client.invalidateQueries({ queryKey: ['contracts'] });
          void client.invalidateQueries({ queryKey: ['me'] });
        },
      },
      (path) => new EventSource(path),
    );
    return () => {
      stop();
      setConnected(true);
    };
  }, [id, open, client]);
  return { query, connected };
}

interface Sending {
  readonly pages: readonly DraftPage[];
  readonly key: string;
}

/** Sends pages and goes to the contract that they became. */
export function useSubmit() {
  const { language } = useWords();
  const [share, setShare] = useState(0);
  const client = useQueryClient();
  const navigate = useNavigate();
  const draft = useDraft();
  const mutation = useMutation({
    mutationFn: ({ pages, key }: Sending) => {
      setShare(0);
      return submitContract({ pages: pages.map(({ file }) => file), locale: language, key: `${key}-${language}`, sent: setShare });
    },
    onSuccess: (id, { pages }) => {
      draft.sent(id, pages);
      void client.invalidateQueries({ queryKey: ['contracts'] });
      void client.invalidateQueries({ queryKey: ['me'] });
      navigate(`/contracts/${id}`);
    },
  });
  return { ...mutation, share };
}
