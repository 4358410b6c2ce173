/** The answer of the AI server, checked before it is kept: what does not fit is no answer. */
import { z } from '@hono/zod-openapi';

const words = z.object({ ko: z.string(), en: z.string() });
/** A link that is no web address is left out: people click on it. */
const link = z
  .url({ protocol: /^https?$/ })
  .nullish()
  .catch(null)
  .openapi({ type: ['string', 'null'], format: 'uri' });
const source = z.object({ title: z.string(), article: z.string().nullish(), url: link });
const clause = z.object({
  page: z.number().nullish(),
  quote: z.string(),
  title: z.string(),
  explanation: z.string(),
  risk: z.enum(['safe', 'caution', 'danger']),
  advice: z.string().nullish(),
  sources: z.array(source),
});

export const answerSchema = z.object({
  engine: z.object({ kind: z.string(), model: z.string(), label: words }),
  summary: words,
  clauses: z.array(clause),
  missing: z.array(z.object({ title: z.string(), explanation: z.string(), sources: z.array(source) })),
  pages: z.array(z.object({ number: z.number().int(), characters: z.number().int(), ocr: z.boolean() })),
  tookMs: z.number(),
});

export type Answer = z.infer<typeof answerSchema>;
