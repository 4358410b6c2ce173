/**
 * Reads what is right of a configuration that has faults elsewhere, so that one fault does not hide
 * another.
 */
import * as z from 'zod';

class Missing extends Error {}

/**
 * Runs `question` on the parts of `input` that are right; undefined when it needed a part that is
 * wrong or missing.
 */
export function askValidParts<S extends z.ZodObject, A>(schema: S, input: unknown, question: (parts: z.output<S>) => A): A | undefined {
  try {
    return question(validParts(schema, input) as z.output<S>);
  } catch (error) {
    if (error instanceof Missing) return undefined;
    throw error;
  }
}

/**
 * An object that holds every setting that is right by itself and throws `Missing` when another one
 * is read.
 */
function validParts(schema: z.ZodObject, input: unknown): object {
  const parts: Record<string, unknown> = {};
  for (const [key, inner] of Object.entries(schema.shape)) {
    const value = typeof input === 'object' && input !== null ? Reflect.get(input, key) : undefined;
    const section = inner instanceof z.ZodPrefault ? inner.unwrap() : inner;
    if (section instanceof z.ZodObject) parts[key] = validParts(section, value);
    else {
      const parsed = z.safeParse(inner as z.ZodType, value);
      if (parsed.success) parts[key] = parsed.data;
    }
  }
  return new Proxy(parts, { get: readKnown });
}

function readKnown(parts: object, key: PropertyKey): unknown {
  if (!Object.hasOwn(parts, key)) throw new Missing(String(key));
  return Reflect.get(parts, key);
}
