/** A reading process that returns its environment. */
import { worker } from 'workerpool';

worker({
  read: () => ({ content: { pages: [{ kind: 'text', text: JSON.stringify(process.env) }], locale: 'ko', digest: new Uint8Array(32) } }),
});
