/**
 * Reads a secret: typed without echo, or piped in. Never from an argument, which every process on
 * the machine could read.
 */
import { text } from 'node:stream/consumers';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { Secret } from '../../../lib/values/secret.ts';

/** One line break at the end belongs to the file or the Enter key, not to the secret. */
export async function readSecret(
  name: string,
  input: NodeJS.ReadStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<Secret> {
  const given = input.isTTY ? await typed(`${name}: `, input, output) : await text(input);
  return Secret.of(given.replace(/\r?\n$/, ''));
}

const ends = new Set(['\r', '\n', '\u0004']);
const erases = new Set(['\b', '\u007f']);
const interrupt = '\u0003';

/** Without echo the terminal edits no line, so this function handles keys like Backspace. */
async function typed(prompt: string, input: NodeJS.ReadStream, output: NodeJS.WritableStream): Promise<string> {
  output.write(prompt);
  input.setRawMode(true);
  input.setEncoding('utf8');
  try {
    return await keysUntilEnter(input);
  } finally {
    input.setRawMode(false);
    input.pause();
    output.write('\n');
  }
}

async function keysUntilEnter(input: NodeJS.ReadStream): Promise<string> {
  const keys: string[] = [];
  for await (const chunk of input.iterator({ destroyOnReturn: false })) {
    for (const key of String(chunk)) {
      if (ends.has(key)) return keys.join('');
      if (key === interrupt) throw new DojangError('declined', 'nothing was set');
      if (erases.has(key)) keys.pop();
      else keys.push(key);
    }
  }
  return keys.join('');
}
