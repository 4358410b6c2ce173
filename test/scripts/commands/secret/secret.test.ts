import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
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

  it('not when the person presses Ctrl-C', async () => {
    const { tty, output, modes } = terminal('hun\u0003');
    await expect(readSecret('model-key', tty, output)).rejects.toMatchObject({ code: 'declined' });
    expect(modes).toEqual([true, false]);
  });
});
