/** What Ctrl-C leaves on the screen. */
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { start } from '../../../scripts/io/process/processes.ts';

const command = fileURLToPath(new URL('interruptible.ts', import.meta.url));

it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
  '%s: which tasks it interrupted, and what to type; the process ends by the signal',
  async (signal) => {
    const child = start(process.execPath, [command, 'up', '--env', 'local', '--reason', 'the database moves'], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said = text(child.stderr as NodeJS.ReadableStream);
    const ended = once(child, 'exit');
    for await (const chunk of child.stdout?.iterator({ destroyOnReturn: false }) ?? []) if (String(chunk).includes('waiting')) break;
    child.kill(signal);
    expect(await ended).toEqual([null, signal]);
    expect((await said).trimEnd().split('\n')).toEqual([
      `dojang: up was interrupted (${signal}) during aws addresses and gcp machine`,
      '  What is done stays, and what was begun is finished by the next run.',
      "  Next: dojang up --env local --reason 'the database moves'",
    ]);
  },
);
