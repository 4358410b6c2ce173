/** A house note between the form and the API: what was typed, what may be typed, what is sent. */
import type { Note } from '../api/schemas.ts';
import type { Rule } from '../words/faults.ts';
import { type Language, parseSum, sumField } from '../words/money.ts';

export interface NoteForm {
  readonly title: string;
  readonly address: string;
  readonly deposit: string;
  readonly monthlyRent: string;
  readonly visitedOn: string;
  readonly memo: string;
}

export type NoteField = keyof NoteForm;

export const emptyNote: NoteForm = { title: '', address: '', deposit: '', monthlyRent: '', visitedOn: '', memo: '' };

export function formOf(note: Note, language: Language): NoteForm {
  const sum = (won: number | null | undefined) => (won === null || won === undefined ? '' : sumField(won, language));
  return {
    title: note.title,
    address: note.address ?? '',
    deposit: sum(note.deposit),
    monthlyRent: sum(note.monthlyRent),
    visitedOn: note.visitedOn ?? '',
    memo: note.memo ?? '',
  };
}

export const noteRules = (unit: number): Rule<NoteField>[] => [
  { field: 'title', required: true, longest: 100 },
  { field: 'address', longest: 200 },
  { field: 'deposit', unit },
  { field: 'monthlyRent', unit },
  { field: 'memo', longest: 10_000 },
];

/** What is sent; what was left empty is null. */
export function noteBody(form: NoteForm, unit: number, checked: readonly string[]) {
  return {
    title: form.title.trim(),
    address: form.address.trim() || null,
    deposit: parseSum(form.deposit, unit) ?? null,
    monthlyRent: parseSum(form.monthlyRent, unit) ?? null,
    visitedOn: form.visitedOn || null,
    memo: form.memo.trim() || null,
    checked: [...checked],
  };
}
