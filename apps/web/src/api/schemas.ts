/**
 * What the API answers. Answers are checked, so that a page never meets a shape that it does not
 * know.
 */
import * as z from 'zod/mini';

// Compiling a schema needs `eval`, which the content security policy forbids.
z.config({ jitless: true });

const bilingual = z.object({ ko: z.string(), en: z.string() });
export type Bilingual = z.infer<typeof bilingual>;

export const me = z.object({
  id: z.string(),
  name: z.string(),
  email: z.nullish(z.string()),
  plan: z.string(),
  limits: z.object({ perDay: z.number(), usedToday: z.number() }),
});
export type Me = z.infer<typeof me>;

export const checklist = z.object({
  sections: z.array(
    z.object({ id: z.string(), title: bilingual, items: z.array(z.object({ id: z.string(), text: bilingual, why: bilingual })) }),
  ),
});
export type Checklist = z.infer<typeof checklist>;

export const note = z.object({
  id: z.string(),
  title: z.string(),
  address: z.nullish(z.string()),
  deposit: z.nullish(z.number()),
  monthlyRent: z.nullish(z.number()),
  memo: z.nullish(z.string()),
  visitedOn: z.nullish(z.string()),
  checked: z.array(z.string()),
  createdAt: z.string(),
});
export const notes = z.object({ items: z.array(note), next: z.nullish(z.string()) });
export type Note = z.infer<typeof note>;

export const listing = z.object({
  id: z.string(),
  title: z.string(),
  district: z.string(),
  deposit: z.number(),
  monthlyRent: z.number(),
  areaM2: z.nullish(z.number()),
  description: z.nullish(z.string()),
  author: z.object({ name: z.string() }),
  createdAt: z.string(),
  mine: z.boolean(),
});
export const listings = z.object({ items: z.array(listing), next: z.nullish(z.string()) });
export type Listing = z.infer<typeof listing>;

const source = z.object({ title: z.string(), article: z.nullish(z.string()), url: z.nullish(z.string()) });
export type Source = z.infer<typeof source>;

const clause = z.object({
  page: z.nullish(z.number()),
  quote: z.string(),
  title: z.string(),
  explanation: z.string(),
  risk: z.enum(['safe', 'caution', 'danger']),
  advice: z.nullish(z.string()),
  sources: z.array(source),
});
export type Clause = z.infer<typeof clause>;
export type Risk = Clause['risk'];

const missing = z.object({ title: z.string(), explanation: z.string(), sources: z.array(source) });
export type Missing = z.infer<typeof missing>;

const explanation = z.object({
  engine: z.object({ kind: z.string(), model: z.string(), label: bilingual }),
  summary: bilingual,
  clauses: z.array(clause),
  missing: z.array(missing),
  pages: z.array(z.object({ number: z.number(), characters: z.number(), ocr: z.boolean() })),
});
export type Explanation = z.infer<typeof explanation>;

const statuses = ['waiting', 'running', 'answered', 'late', 'unreadable'] as const;
const status = z.enum(statuses);
export type ContractStatus = z.infer<typeof status>;

export const receipt = z.object({ id: z.string(), status, position: z.nullish(z.number()) });

export const contract = z.object({
  id: z.string(),
  status,
  createdAt: z.string(),
  answeredAt: z.nullish(z.string()),
  position: z.nullish(z.number()),
  pageCount: z.number(),
  message: z.nullish(bilingual),
  result: z.nullish(explanation),
});
export type Contract = z.infer<typeof contract>;

export const progress = z.object({ status, position: z.nullish(z.number()), message: z.nullish(bilingual) });
export type Progress = z.infer<typeof progress>;

export const contracts = z.object({
  items: z.array(z.object({ id: z.string(), status, createdAt: z.string(), pageCount: z.number(), summary: z.nullish(bilingual) })),
  next: z.nullish(z.string()),
});
export type ContractLine = z.infer<typeof contracts>['items'][number];
