/** House notes of the person. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type * as z from 'zod/mini';
import { ask, send } from '../api/client.ts';
import { type Note, note, notes } from '../api/schemas.ts';

type Notes = Pick<z.infer<typeof notes>, 'items'>;

/** A note as it is sent. */
export type NoteWords = Omit<Note, 'id' | 'createdAt'>;

export function useNotes(enabled = true) {
  return useQuery({ queryKey: ['notes'], queryFn: ({ signal }) => allNotes(signal), enabled });
}

/**
 * All pages: notes are chosen from and compared, and the API holds at most four pages of one
 * person.
 */
async function allNotes(signal: AbortSignal): Promise<Notes> {
  const items: Note[] = [];
  for (let before: string | null | undefined = ''; typeof before === 'string'; ) {
    const page: z.infer<typeof notes> = await ask(`/api/notes${before && `?before=${encodeURIComponent(before)}`}`, notes, { signal });
    items.push(...page.items);
    before = page.next;
  }
  return { items };
}

export function useNote(id: string | undefined) {
  return useQuery({
    queryKey: ['note', id],
    queryFn: ({ signal }) => ask(pathOf(id ?? ''), note, { signal }),
    enabled: id !== undefined,
    // A form that is being filled in must not change under the fingers.
    refetchOnReconnect: false,
    refetchOnWindowFocus: false,
  });
}

/** Makes a note, or changes the one with this id. */
export function useSaveNote(id: string | undefined) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NoteWords) =>
      id === undefined ? ask('/api/notes', note, { method: 'POST', body }) : ask(pathOf(id), note, { method: 'PUT', body }),
    onSuccess: (saved) => {
      client.setQueryData(['note', saved.id], saved);
      return client.invalidateQueries({ queryKey: ['notes'] });
    },
  });
}

export function useRemoveNote(id: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => send(pathOf(id), { method: 'DELETE' }),
    onSuccess: () => {
      client.removeQueries({ queryKey: ['note', id] });
      return client.invalidateQueries({ queryKey: ['notes'] });
    },
  });
}

/** Saves ticks: shown at once, sent one after the other, reverted when the server refuses. */
export function useTickNote(id: string) {
  const client = useQueryClient();
  return useMutation({
    scope: { id: `note-${id}` },
    onMutate: async (checked: readonly string[]) => {
      await client.cancelQueries({ queryKey: ['notes'] });
      client.setQueryData<Notes>(['notes'], (before) => before && withTicks(before, id, checked));
    },
    mutationFn: (checked: readonly string[]) => {
      const current = client.getQueryData<Notes>(['notes'])?.items.find((each) => each.id === id);
      if (!current) throw new Error(`note ${id} is not loaded`);
      const { id: _, createdAt: __, ...words } = current;
      return ask(pathOf(id), note, { method: 'PUT', body: { ...words, checked } });
    },
    onError: () => client.invalidateQueries({ queryKey: ['notes'] }),
    onSettled: () => client.invalidateQueries({ queryKey: ['note', id] }),
  });
}

function withTicks({ items }: Notes, id: string, checked: readonly string[]): Notes {
  return { items: items.map((each) => (each.id === id ? { ...each, checked: [...checked] } : each)) };
}

function pathOf(id: string): string {
  return `/api/notes/${encodeURIComponent(id)}`;
}
