/** The process that `exportedApart` starts: imports one file and tells what it exports. */
import { messageOf } from '../../lib/errors.ts';

export type Told = { readonly exported: unknown } | { readonly message: string; readonly stack: string | undefined };

const [file = ''] = process.argv.slice(2);
const tell = (told: Told) => process.send?.(told);

try {
  tell({ exported: ((await import(file)) as { default?: unknown }).default });
} catch (cause) {
  tell({ message: messageOf(cause), stack: cause instanceof Error ? cause.stack : undefined });
}
