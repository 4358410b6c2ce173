/** Ticks of a checklist as plain lists of item ids. */
import * as z from 'zod/mini';

const place = 'dojang.checklist';

interface Store {
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
}

/** What is kept on this device; what can't be read counts as nothing. */
export function keptTicks(store: Store): readonly string[] {
  try {
    return z.array(z.string()).safeParse(JSON.parse(store.getItem(place) ?? '[]')).data ?? [];
  } catch {
    return [];
  }
}

export function keepTicks(store: Store, checked: readonly string[]): void {
  store.setItem(place, JSON.stringify(checked));
}

export function toggled(checked: readonly string[], item: string): string[] {
  return checked.includes(item) ? checked.filter((each) => each !== item) : [...checked, item];
}

/** How many of the items that still exist are ticked. */
export function tickedOf(sections: readonly { readonly items: readonly { readonly id: string }[] }[], checked: readonly string[]) {
  const items = sections.flatMap((section) => section.items);
  return { done: items.filter(({ id }) => checked.includes(id)).length, total: items.length };
}
