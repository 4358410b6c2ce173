/** A listing: a house that one person tells the others about. */
import { z } from '@hono/zod-openapi';
import { id, instant, requiredText, text, won } from '../http/fields.ts';

export const listingInput = z
  .object({
    title: requiredText(100),
    district: requiredText(60),
    deposit: won,
    monthlyRent: won,
    areaM2: z.number('must be a number').positive('must be more than 0').max(10_000, 'must be at most 10000').nullish(),
    description: text(5_000).nullish(),
  })
  .openapi('ListingInput');

export const listing = z
  .object({
    id: z.string(),
    title: z.string(),
    district: z.string(),
    deposit: z.int(),
    monthlyRent: z.int(),
    areaM2: z.number().nullable(),
    description: z.string().nullable(),
    author: z.object({ name: z.string() }),
    createdAt: instant,
    mine: z.boolean(),
  })
  .openapi('Listing');

/** A form sends an empty text for what was not filled in. */
const amount = z
  .string()
  .regex(/^\d{0,13}$/, 'must be a whole number')
  .transform((value) => (value === '' ? undefined : Number(value)))
  .optional()
  .openapi({ type: 'integer', minimum: 0 });

export const listingQuery = z.object({
  query: z.string().trim().max(100, 'must have at most 100 characters').optional(),
  maxDeposit: amount,
  maxRent: amount,
  before: id.optional(),
  limit: z.coerce.number('must be a number').int('must be a whole number').min(1).max(50).default(20),
});

export const listingPage = z.object({ items: z.array(listing), next: z.string().nullable() }).openapi('Listings');

export type ListingInput = z.output<typeof listingInput>;
export type ListingQuery = z.output<typeof listingQuery>;
export type ListingPage = z.output<typeof listingPage>;
export type Listing = z.output<typeof listing>;
