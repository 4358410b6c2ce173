/**
 * A reading process that does, instead of reading, what a body must not be able to make it do: the
 * body says what.
 */
import { worker } from 'workerpool';

const deeds: Readonly<Record<string, () => unknown>> = {
  'loops for ever': () => {
    for (;;);
  },
  // Hours in one function of the platform, which no thread can be ended in.
  'normalizes for ever': () => `a${'\u0301\u0316'.repeat(2_000_000)}`.normalize('NFC'),
  'takes all memory': () => {
    const kept: unknown[] = [];
    for (;;) kept.push(new Array(100_000).fill(kept.length));
  },
  'makes one huge list': () => Array.from({ length: 60_000_000 }, (_, at) => ({ at })),
  ends: () => process.exit(3),
  'is honest': () => undefined,
};

worker({
  read: (body: Uint8Array) => {
    deeds[Buffer.from(body).toString()]?.();
    return { content: { pages: [{ kind: 'text', text: String(process.pid) }], locale: 'ko', digest: new Uint8Array(32) } };
  },
});
