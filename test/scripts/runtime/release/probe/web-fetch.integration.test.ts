/** The pages of a release without a browser: answers without an end. */
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

/** No host is to be asked. */
function test() {
  const run = () => Promise.reject(new Error('no host is asked'));
  const options = { component: 'web', url, privateAuthority: false, browser: '', pageSeconds: 1 } as const;
  return { result: testRelease({ shell: { run }, progress: () => {} }, options) };
}

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
