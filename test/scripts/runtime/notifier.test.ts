import { expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import { Secret } from '../../../lib/values/secret.ts';
import { environmentNotifier } from '../../../scripts/runtime/notifier.ts';
import { MemorySecrets } from '../memory-secrets.ts';

const environment = environmentOf(service, 'prod');

/** What is noted when a notice is sent with these secrets. */
async function notesWith(secrets: MemorySecrets): Promise<string[]> {
  const notes: string[] = [];
  const report = {
    tasks: () => Promise.reject(),
    task: () => Promise.reject(),
    line: () => undefined,
    note: (text: string) => void notes.push(text),
  };
  await environmentNotifier({ environment, report }, { secrets }).notify({ text: 'prod: a notice' });
  return notes;
}

it('sends nothing where the operator has given no webhook', async () => {
  expect(await notesWith(new MemorySecrets())).toEqual([]);
});

it('reads the webhook of the environment', async () => {
  const secrets = new MemorySecrets();
  await secrets.put('/dojang/prod/trust/discord-webhook', Secret.of('hunter2'), 'secret');
  expect(await notesWith(secrets)).toEqual(['Discord has no notice of this: the secret discord-webhook is not usable: it is no URL']);
});
