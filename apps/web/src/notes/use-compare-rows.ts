/** What is compared of each home, in words. */
import type { Note } from '../api/schemas.ts';
import { useChecklist } from '../checklist/queries.ts';
import { tickedOf } from '../checklist/ticks.ts';
import { useWords } from '../i18n/index.ts';
import { sumWords } from '../words/money.ts';
import { dayWords } from '../words/spans.ts';
import { lowest } from './comparison.ts';

export interface Cell {
  readonly words: string;
  readonly lowest: boolean;
}

export interface CompareRow {
  readonly name: string;
  readonly cells: readonly Cell[];
}

export function useCompareRows(notes: readonly Note[]): CompareRow[] {
  const { t, language } = useWords();
  const sections = useChecklist().data?.sections ?? [];
  const unknown = t('notes.compare.unknown');
  const row = (name: string, words: (note: Note) => string | null | undefined, ranked?: (note: Note) => number | null | undefined) => {
    const marks = lowest(ranked ? notes.map(ranked) : []);
    return { name, cells: notes.map((note, index) => ({ words: words(note) || unknown, lowest: marks[index] ?? false })) };
  };
  const sum = (won: number | null | undefined) => (typeof won === 'number' ? sumWords(won, language) : undefined);
  return [
    row(
      t('notes.field.deposit'),
      (note) => sum(note.deposit),
      (note) => note.deposit,
    ),
    row(
      t('notes.field.monthlyRent'),
      (note) => sum(note.monthlyRent),
      (note) => note.monthlyRent,
    ),
    row(t('notes.field.address'), (note) => note.address),
    row(t('notes.field.visitedOn'), (note) => note.visitedOn && dayWords(note.visitedOn, language)),
    row(t('notes.field.checks'), (note) => t('checklist.progress', tickedOf(sections, note.checked))),
    row(t('notes.field.memo'), (note) => note.memo),
  ];
}
