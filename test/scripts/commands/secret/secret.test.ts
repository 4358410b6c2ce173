import { PassThrough, Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { DojangError, explain } from '../../../../lib/errors/dojang-error.ts';
import { Secret } from '../../../../lib/values/secret.ts';
import { listSecrets, setSecret } from '../../../../scripts/commands/secret/secret.ts';
import { readSecret } from '../../../../scripts/io/terminal/secret-input.ts';
import type { Clouds, Context } from '../../../../scripts/runtime/context.ts';
import { checked } from '../../checked.ts';
import { MemorySecrets } from '../../memory-secrets.ts';

const report: Context['report'] = {
  tasks: (_, work) => work(),
  task: (_, work) => work(() => undefined),
  line: () => undefined,
  note: () => undefined,
};
const context: Context = { environment: environmentOf(service, 'prod'), report, options: { approve: [], dryRun: false } };
const secrets = new MemorySecrets();
const clouds = async () => ({ secrets }) as unknown as Clouds;
const given = async () => Secret.of('hunter2');

describe('secret set', () => {
  it('stores a secret of the operator where its host reads it, encrypted, and shows nothing of it', async () => {
    const outcome = checked(await setSecret(context, clouds, 'oidc-client-secret', given));
    expect(secrets.kept.get('/dojang/prod/aws/oidc-client-secret')).toMatchObject({ kind: 'secret' });
    expect(secrets.text('/dojang/prod/aws/oidc-client-secret')).toBe('hunter2');
    expect(JSON.stringify(outcome)).not.toContain('hunter2');
    checked(await setSecret(context, clouds, 'model-key', given));
    expect(secrets.text('/dojang/prod/gcp/model-key')).toBe('hunter2');
  });

  it.each(['mysql-api', 'password'])('refuses %s before it asks for anything', async (name) => {
    const unasked = () => Promise.reject(new Error('asked'));
    await expect(setSecret(context, clouds, name, unasked)).rejects.toMatchObject({ code: 'unknown-secret' });
  });

  it('asks for nothing where it could not be kept', async () => {
    const unasked = () => Promise.reject(new Error('asked'));
    const locked = { describe: () => Promise.reject(new DojangError('no-credentials', 'there are no AWS credentials that work')) };
    const without = async () => ({ secrets: locked }) as unknown as Clouds;
    await expect(setSecret(context, without, 'model-key', unasked)).rejects.toMatchObject({ code: 'no-credentials' });
  });

  it('stores the webhook of Discord where no host may read', async () => {
    const url = 'https://discord.com/api/webhooks/1/hunter2';
    const { lines } = checked(await setSecret(context, clouds, 'discord-webhook', async () => Secret.of(url)));
    expect(secrets.text('/dojang/prod/trust/discord-webhook')).toBe(url);
    expect(lines).toEqual(['discord-webhook is kept; the next command uses it']);
  });

  it('refuses what is no webhook, without repeating it', async () => {
    const error = await setSecret(context, clouds, 'discord-webhook', given).catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 'unusable-secret', message: "what was given for discord-webhook can't be used: it is no URL" });
    expect(JSON.stringify(error)).not.toContain('hunter2');
  });

  it.each([
    ['a NUL byte', 'hunter2\0hunter2', 'it has a NUL byte'],
    ['an escape, as of an arrow key', 'hunter2\u001b[A', 'it has a control character (U+001B)'],
    ['the line breaks of Windows', 'hunter2\r\nhunter2', 'it has a control character (U+000D); lines end with a line feed alone'],
    ['only white space', ' \t\n\u00a0 ', 'it is only white space'],
    ['half of a surrogate pair', 'hunter2\ud800', 'it is not text in UTF-8'],
    ['4,097 bytes', 'x'.repeat(4097), 'it has more than 4,096 bytes, the most that a standard parameter of Systems Manager holds'],
    ['4,098 bytes in 1,366 characters', '가'.repeat(1366), 'it has more than 4,096 bytes, the most that a standard parameter'],
  ])('refuses %s before anything is stored, without repeating it', async (_, value, fault) => {
    const before = structuredClone([...secrets.kept.keys()]);
    const error = await setSecret(context, clouds, 'oidc-client-secret', async () => Secret.of(value)).catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 'unusable-secret', why: 'Nothing has been stored.' });
    expect((error as Error).message).toContain(`what was given for oidc-client-secret can't be used: ${fault}`);
    expect(explain(error)).not.toMatch(/hunter2|xxx|가/);
    expect([...secrets.kept.keys()]).toEqual(before);
    expect(secrets.text('/dojang/prod/aws/oidc-client-secret')).toBe('hunter2');
  });

  it.each([
    ['4,096 bytes', 'x'.repeat(4096)],
    ['several lines with tabs', 'two\n\tlines'],
    ['letters of any language', '비밀 пароль 🔑'],
  ])('takes %s', async (_, value) => {
    checked(await setSecret(context, clouds, 'model-key', async () => Secret.of(value)));
    expect(secrets.text('/dojang/prod/gcp/model-key')).toBe(value);
  });

  it('refuses an empty one', async () => {
    await expect(setSecret(context, clouds, 'model-key', async () => Secret.of(''))).rejects.toMatchObject({ code: 'empty-secret' });
  });
});

it('secret list shows which are there and which are not, never a value', async () => {
  const { lines = [], data } = checked(await listSecrets(context, await clouds()));
  expect(lines.find((line) => line.includes('oidc-client-secret'))).toMatch(/✓ oidc-client-secret +version 1 /);
  expect(lines.find((line) => line.includes('mysql-api'))).toMatch(/· mysql-api +not made yet: dojang wire/);
  expect(JSON.stringify([lines, data])).not.toContain('hunter2');
});

describe('a secret is read', () => {
  it.each([
    ['hunter2\n', 'hunter2'],
    ['two\nlines\r\n', 'two\nlines'],
    [' spaces ', ' spaces '],
  ])('from a pipe: %j', async (piped, secret) => {
    const input = new PassThrough();
    input.end(piped);
    expect((await readSecret('model-key', input as unknown as NodeJS.ReadStream)).reveal()).toBe(secret);
  });

  const pipedIn = (...chunks: readonly (string | Buffer)[]) => {
    const input = new PassThrough();
    for (const chunk of chunks) input.write(chunk);
    input.end();
    return readSecret('model-key', input as unknown as NodeJS.ReadStream);
  };

  it('whole, where a character is cut between two chunks', async () => {
    const bytes = Buffer.from('비밀');
    expect((await pipedIn(bytes.subarray(0, 2), bytes.subarray(2))).reveal()).toBe('비밀');
  });

  it.each([
    ['a byte of Latin-1', Buffer.from('hunter\u00e9', 'latin1')],
    ['UTF-16 with its mark', Buffer.from('\ufeffhunter2', 'utf16le')],
    ['half of a character at the end', Buffer.from('hunter비').subarray(0, -1)],
  ])('not when there is %s', async (_, bytes) => {
    const error = await pipedIn(bytes).catch((each: unknown) => each);
    expect(error).toMatchObject({
      code: 'unusable-secret',
      message: "what was given for model-key can't be used: it is not text in UTF-8",
    });
    expect(explain(error)).not.toContain('hunter');
  });

  it('of 4,096 bytes and a line break, and no more', async () => {
    expect((await pipedIn('x'.repeat(4096), '\r\n')).reveal()).toHaveLength(4096);
    await expect(pipedIn('x'.repeat(4096), 'xyz')).rejects.toMatchObject({ code: 'unusable-secret' });
  });

  it('no further than it may be long, however much is piped in', async () => {
    let given = 0;
    async function* endless() {
      for (;;) {
        given += 1024;
        yield Buffer.alloc(1024, 'x');
      }
    }
    const input = Readable.from(endless(), { objectMode: false, highWaterMark: 1024 });
    await expect(readSecret('model-key', input as unknown as NodeJS.ReadStream)).rejects.toMatchObject({ code: 'unusable-secret' });
    expect(given).toBeLessThan(16_384);
    expect(input.destroyed).toBe(true);
  });

  /** A terminal on which these keys are pressed. */
  function terminal(keys: string) {
    const input = new PassThrough();
    const modes: boolean[] = [];
    const output = new PassThrough();
    const tty = Object.assign(input, { isTTY: true, setRawMode: (raw: boolean) => void modes.push(raw) }) as unknown as NodeJS.ReadStream;
    input.write(keys);
    const shown = () => String(output.read() ?? '');
    return { tty, output, modes, shown };
  }

  it('from the keyboard, unseen, with corrections', async () => {
    const { tty, output, modes, shown } = terminal('hunter3\u007f2\r');
    expect((await readSecret('model-key', tty, output)).reveal()).toBe('hunter2');
    expect(shown()).toBe('model-key: \n');
    expect(modes).toEqual([true, false]);
  });

  it('from the keyboard, not when it is no UTF-8', async () => {
    const { tty, output, modes } = terminal('hunter2');
    (tty as unknown as PassThrough).write(Buffer.from([0xff, 0x0d]));
    await expect(readSecret('model-key', tty, output)).rejects.toMatchObject({ code: 'unusable-secret' });
    expect(modes).toEqual([true, false]);
  });

  it('not when the person presses Ctrl-C', async () => {
    const { tty, output, modes } = terminal('hun\u0003');
    await expect(readSecret('model-key', tty, output)).rejects.toMatchObject({ code: 'declined' });
    expect(modes).toEqual([true, false]);
  });
});
