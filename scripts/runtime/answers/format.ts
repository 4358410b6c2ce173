/**
 * The format of what a command prints with `--json`: a name with a version, and a schema. A new
 * version is a field that is removed or renamed, or that means something else; a field that is
 * added is none.
 */
import { z } from 'zod';
import { failureSchema } from './failure.ts';
import { list } from './parts.ts';

export interface AnswerFormat<T> {
  /** `dojang.cost.runway/1`: the first field of what is printed. */
  readonly name: string;
  /** As it is typed, without `dojang`: `cost runway`, `plan --live`. */
  readonly command: string;
  /** What the answer is, one sentence. */
  readonly about: string;
  /** What the command returns. */
  readonly data: z.ZodType<T>;
  /** What is printed: the data with its format and, where the answer is a no, the failure. */
  readonly printed: z.ZodType;
}

export interface FormatId {
  readonly command: string;
  readonly version: number;
  readonly about: string;
}

/** The data that a format describes. */
export type DataOf<Format> = Format extends AnswerFormat<infer T> ? T : never;

/** An answer with these fields, and no others. */
export function objectAnswer<Fields extends z.ZodRawShape>(id: FormatId, fields: Fields) {
  return formatOf(id, z.strictObject(fields), (head) => z.strictObject({ ...head, ...fields }));
}

/** An answer that is a list: printed as `items`. */
export function listAnswer<Item extends z.ZodType>(id: FormatId, item: Item) {
  const items = list(item);
  return formatOf(id, items, (head) => z.strictObject({ ...head, items }));
}

/** An answer whose fields have names that are data themselves. */
export function mapAnswer<Value extends z.ZodType>(id: FormatId, value: Value) {
  return formatOf(id, z.record(z.string(), value), (head) => z.object(head).catchall(value));
}

function formatOf<Data extends z.ZodType>(
  { command, version, about }: FormatId,
  data: Data,
  envelope: (head: z.ZodRawShape) => z.ZodType,
): AnswerFormat<z.infer<Data>> {
  const name = `dojang.${command.replaceAll(/ -*/g, '.')}/${version}`;
  const head = {
    format: z.literal(name).describe('name and version of this format'),
    failure: failureSchema.optional().describe('why the command ends with exit code 1; missing when it ends with 0'),
  };
  return { name, command, about, data: data as z.ZodType<z.infer<Data>>, printed: envelope(head) };
}
