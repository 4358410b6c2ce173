/** A listing: a house that one user offers to the others. */
import { z } from '@hono/zod-openapi';
import { id, instant, requiredText, text, wholeNumber, won } from '../http/input/fields.ts';

/** The smallest rooms that are let have some 3 square metres. The column rounds to two decimals. */
const area = z.number('must be a number').min(1, 'must be at least 1').max(10_000, 'must be at most 10000');

export const listingInput = z
  .object({
    title: requiredText(100),
    district: requiredText(60),
    deposit: won,
    monthlyRent: won,
    areaM2: area.nullish(),
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
  .string('must be given once')
  .regex(/^\d{0,13}$/, 'must be a whole number')
  .transform((value) => (value === '' ? undefined : Number(value)))
  .optional()
  .openapi({ type: 'integer', minimum: 0 });

export const listingQuery = z.object({
  query: text(100).optional(),
  maxDeposit: amount,
  maxRent: amount,
  before: id.optional(),
  limit: wholeNumber({ least: 1, most: 50 }).default(20),
});

export const listingPage = z.object({ items: z.array(listing), next: z.string().nullable() }).openapi('Listings');

export type ListingInput = z.output<typeof listingInput>;
export type ListingQuery = z.output<typeof listingQuery>;
export type ListingPage = z.output<typeof listingPage>;
export type Listing = z.output<typeof listing>;
