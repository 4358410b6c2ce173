/** A listing between the form and the API. */
import type { Rule } from '../words/faults.ts';
import { parseSum } from '../words/money.ts';

export const emptyListing = { title: '', district: '', deposit: '', monthlyRent: '', areaM2: '', description: '' };

export type ListingField = keyof typeof emptyListing;

export const listingRules = (unit: number): Rule<ListingField>[] => [
  { field: 'title', required: true, longest: 100 },
  { field: 'district', required: true, longest: 60 },
  { field: 'deposit', required: true, unit },
  { field: 'monthlyRent', required: true, unit },
  { field: 'areaM2', most: 10_000 },
  { field: 'description', longest: 5000 },
];

/** What is sent; what was left empty is null. The rules hold when it is called. */
export function listingBody(form: Readonly<Record<ListingField, string>>, unit: number) {
  return {
    title: form.title.trim(),
    district: form.district.trim(),
    deposit: parseSum(form.deposit, unit) ?? 0,
    monthlyRent: parseSum(form.monthlyRent, unit) ?? 0,
    areaM2: form.areaM2.trim() === '' ? null : Number(form.areaM2),
    description: form.description.trim() || null,
  };
}
