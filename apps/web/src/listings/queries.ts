/** The community's listings. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ask, send } from '../api/client.ts';
import { type Listing, listing, listings } from '../api/schemas.ts';
import { type Filter, searchOf } from './filter.ts';

export type ListingWords = Pick<Listing, 'title' | 'district' | 'deposit' | 'monthlyRent' | 'areaM2' | 'description'>;

export function useListings(filter: Filter) {
  return useInfiniteQuery({
    queryKey: ['listings', filter],
    queryFn: ({ pageParam, signal }) => ask(`/api/listings?${searchOf(filter, pageParam)}`, listings, { signal }),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });
}

export function useListing(id: string) {
  return useQuery({ queryKey: ['listing', id], queryFn: ({ signal }) => ask(pathOf(id), listing, { signal }) });
}

export function useAddListing() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ListingWords) => ask('/api/listings', listing, { method: 'POST', body }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['listings'] }),
  });
}

export function useRemoveListing(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send(pathOf(id), { method: 'DELETE' }),
    onSuccess: () => {
      client.removeQueries({ queryKey: ['listing', id] });
      return client.invalidateQueries({ queryKey: ['listings'] });
    },
  });
}

function pathOf(id: string): string {
  return `/api/listings/${encodeURIComponent(id)}`;
}
