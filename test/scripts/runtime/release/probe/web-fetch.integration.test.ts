/** The pages of a release without a browser: what cannot be reached, and answers without an end. */
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testRelease } from '../../../../../scripts/runtime/release/probe/test.ts';

let server: Server;
let answer: RequestListener;
let url: string;
beforeEach(async () => {
  server = createServer((incoming, response) => answer(incoming, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(stop);

async function stop(): Promise<void> {
  if (!server.listening) return;
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
}

/** The host prints this when it is asked for the main page; without it, it is not to be asked. */
function test(printed?: string) {
  const scripts: string[] = [];
  const run = async (_: string, script: string) => {
    if (printed === undefined) throw new Error('no host is asked');
    scripts.push(script);
    return { code: 0, stdout: printed, stderr: '' };
  };
  const options = { component: 'web', url, privateAuthority: false, browser: '', pageSeconds: 1 } as const;
  return { result: testRelease({ shell: { run }, progress: () => {} }, options), scripts };
}

const printed = (ok: string, note: string) => `sample\twindow\t0\t0\t0\nsample\tprobe\tmain-page\t${ok}\t0.01\t${note}\n`;

describe('pages that cannot be reached from here', () => {
  it('are not tested where the host itself answers, and the release stays', async () => {
    await stop();
    const { result, scripts } = test(printed('ok', 'status 200'));
    const { verdict, note } = await result;
    expect(verdict).toEqual({ do: 'keep' });
    expect(note).toMatch(/the pages were not tested from here, but the host answers \(http:.*ECONNREFUSED/);
    expect(scripts).toEqual([expect.stringContaining('ask("https://127.0.0.1/"')]);
  });

  it('are a fault of the release where the host does not answer either', async () => {
    await stop();
    expect(await test(printed('failed', 'status 502')).result).toMatchObject({
      verdict: { do: 'roll-back', scope: 'release', reason: expect.stringContaining('and the host has: status 502') },
    });
  });

  it('say nothing about the release where the host cannot be asked', async () => {
    await stop();
    await expect(test('').result).rejects.toMatchObject({ code: 'not-measured' });
  });

  it('because they are silent count as such', async () => {
    answer = () => {};
    expect((await test(printed('ok', 'status 200')).result).note).toContain('not complete within 1 s');
  });
});

describe('an answer', () => {
  it('of 500 is one, so that the host is not asked', async () => {
    answer = (_, response) => response.writeHead(500).end();
    expect(await test().result).toMatchObject({ verdict: { do: 'roll-back', reason: expect.stringContaining('status 500') } });
  });

  it('that comes byte by byte is ended', async () => {
    answer = async (_, response) => {
      response.writeHead(200);
      while (!response.destroyed) {
        response.write('.');
        await wait(50);
      }
    };
    expect(await test().result).toMatchObject({
      verdict: { do: 'roll-back', scope: 'release', reason: expect.stringContaining('not complete within 1 s') },
    });
  });

  it('that is large is read as far as 4 MiB', async () => {
    const part = Buffer.alloc(1 << 20, '.');
    let sent = 0;
    answer = async (_, response) => {
      response.writeHead(200);
      for (let index = 0; index < 64 && !response.destroyed; index += 1) {
        sent += part.length;
        if (!response.write(part)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
      }
      response.end();
    };
    expect(await test().result).toMatchObject({ verdict: { do: 'keep' } });
    // Of three pages, with what waits in the buffers of the system.
    expect(sent).toBeLessThan(3 * 32 * part.length);
  });
});
