/** The checklist, and where its ticks are kept. */
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../api/client.ts';
import { checklist, type Note } from '../api/schemas.ts';
import { useTickNote } from '../notes/queries.ts';
import { keepTicks, keptTicks, toggled } from './ticks.ts';

/** It changes with releases only. */
const freshMs = 3_600_000;

export function useChecklist() {
  return useQuery({ queryKey: ['checklist'], queryFn: ({ signal }) => ask('/api/checklist', checklist, { signal }), staleTime: freshMs });
}

export interface Ticks {
  readonly checked: readonly string[];
  readonly toggle: (item: string) => void;
  readonly clear: () => void;
  readonly saving: boolean;
  readonly error: Error | null;
}

/** Ticks on this device. */
export function useLocalTicks(): Ticks {
  const [checked, setChecked] = useState(() => keptTicks(localStorage));
  const set = (next: readonly string[]) => {
    setChecked(next);
    keepTicks(localStorage, next);
  };
  return { checked, toggle: (item) => set(toggled(checked, item)), clear: () => set([]), saving: false, error: null };
}

/** Ticks in a house note. */
export function useNoteTicks(note: Note): Ticks {
  const { mutate, isPending, error } = useTickNote(note.id);
  // What was asked for last: a box that waited for the note to change would jump back under the
  // finger first.
  const [wanted, setWanted] = useState<readonly string[]>();
  const checked = wanted ?? note.checked;
  const set = (next: readonly string[]) => {
    setWanted(next);
    mutate(next, { onSettled: () => setWanted(undefined) });
  };
  return { checked, toggle: (item) => set(toggled(checked, item)), clear: () => set([]), saving: isPending, error };
}
