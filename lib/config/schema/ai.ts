/** Which model answers. */
import * as z from 'zod';
import { isLinkLocal, urlOf } from './addresses.ts';
import { givenText } from './fields.ts';

/**
 * Where a model is asked. The AI server sends questions there and shows answers, so it must not be
 * where a machine keeps credentials.
 */
const endpoint = z
  .url({ error: (issue) => `${JSON.stringify(issue.input)} is not a URL like http://127.0.0.1:8001/v1` })
  .superRefine((text, context) => {
    const url = urlOf(text);
    if (!url) return;
    if (!['http:', 'https:'].includes(url.protocol)) {
      context.addIssue(`${text} is neither http nor https; write an address like http://127.0.0.1:8001/v1`);
    } else if (isLinkLocal(url)) {
      const why = 'is a link-local or metadata address, where a machine finds its own credentials';
      context.addIssue(`${text} ${why}; write the address of the model server`);
    } else if (`${url.username}${url.password}` !== '') {
      const remedy = 'leave it out and use dojang secret set model-key';
      context.addIssue(`${url.origin}${url.pathname} has a user or a password in it, which would lie in the repository; ${remedy}`);
    }
  });

export const ai = z
  .strictObject({
    /**
     * `offline` explains from a bundled knowledge base; `endpoint` asks a model by the OpenAI
     * protocol.
     */
    engine: z.literal(['offline', 'endpoint']).default('offline'),
    /** Base URL as the GPU machine sees it, like http://127.0.0.1:8001/v1 of a vLLM there. */
    endpoint: endpoint.optional(),
    model: givenText('write the name that the endpoint knows the model by').optional(),
  })
  .refine(({ engine, endpoint, model }) => engine === 'offline' || (endpoint !== undefined && model !== undefined), {
    error: 'engine endpoint needs endpoint and model; set both, or take engine offline',
  });
