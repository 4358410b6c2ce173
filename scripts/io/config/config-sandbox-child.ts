/** The process that `exportedApart` starts: imports one file and sends what it exports. */
import { messageOf } from '../../../lib/errors/dojang-error.ts';

export type ConfigMessage = { readonly exported: unknown } | { readonly message: string; readonly stack: string | undefined };

const [file = ''] = process.argv.slice(2);
const send = (message: ConfigMessage) => process.send?.(message);

try {
  send({ exported: ((await import(file)) as { default?: unknown }).default });
} catch (cause) {
  send({ message: messageOf(cause), stack: cause instanceof Error ? cause.stack : undefined });
}
