/**
 * Reads a secret: typed without echo, or piped in. Never from an argument, which every process on
 * the machine could read.
 */
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { notUtf8Fault, secretLimitBytes, tooLargeFault } from '../../../lib/pki/secret-value.ts';
import { unusableSecret } from '../../../lib/pki/secrets.ts';
import { Secret } from '../../../lib/values/secret.ts';

/**
 * One line break at the end belongs to the file or the Enter key, not to the secret. No more is
 * read than a secret may have, whatever is piped in.
 * @throws DojangError `declined` on Ctrl-C, `unusable-secret`
 */
export async function readSecret(
  name: string,
  input: NodeJS.ReadStream = process.stdin,
  output: NodeJS.WritableStream = process.stderr,
): Promise<Secret> {
  const given = input.isTTY ? await typed(name, input, output) : await piped(name, input);
  return Secret.of(given.replace(/\r?\n$/, ''));
}

const lineBreakBytes = 2;

async function piped(name: string, input: NodeJS.ReadStream): Promise<string> {
  const decode = decoder(name);
  let given = '';
  for await (const chunk of input) given += decode(chunk);
  return given + decode();
}

/**
 * Decodes chunk by chunk, a character may be cut in two.
 * @throws DojangError `unusable-secret` at the first byte that is not UTF-8, or one too many
 */
function decoder(name: string): (chunk?: Buffer | string) => string {
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let size = 0;
  return (chunk) => {
    const bytes = Buffer.from(chunk ?? '');
    size += bytes.length;
    if (size > secretLimitBytes + lineBreakBytes) throw unusableSecret(name, tooLargeFault);
    try {
      return utf8.decode(bytes, { stream: chunk !== undefined });
    } catch {
      throw unusableSecret(name, notUtf8Fault);
    }
  };
}

const ends = new Set(['\r', '\n', '\u0004']);
const erases = new Set(['\b', '\u007f']);
const interrupt = '\u0003';

/** Without echo the terminal edits no line, so this function handles keys like Backspace. */
async function typed(name: string, input: NodeJS.ReadStream, output: NodeJS.WritableStream): Promise<string> {
  output.write(`${name}: `);
  input.setRawMode(true);
  try {
    return await keysUntilEnter(name, input);
  } finally {
    input.setRawMode(false);
    input.pause();
    output.write('\n');
  }
}

async function keysUntilEnter(name: string, input: NodeJS.ReadStream): Promise<string> {
  const decode = decoder(name);
  const keys: string[] = [];
  for await (const chunk of input.iterator({ destroyOnReturn: false })) {
    for (const key of decode(chunk)) {
      if (ends.has(key)) return keys.join('');
      if (key === interrupt) throw new DojangError('declined', 'nothing was set');
      if (erases.has(key)) keys.pop();
      else keys.push(key);
    }
  }
  return keys.join('');
}
