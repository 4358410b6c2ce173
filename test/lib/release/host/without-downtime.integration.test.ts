/** Releases of the API behind a real nginx under load. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ApiHost } from './api-host.ts';
import type { Load } from './load.ts';
import { ServedHost } from './served-host.ts';
import { server, silentServer } from './server.ts';

let served: ServedHost;
let host: ApiHost;
let load: Load;

beforeEach(async () => {
  served = await ServedHost.start();
  ({ host, load } = served);
});
afterEach(() => served.stop());

async function deploy(digest: string): Promise<string> {
  let printed = '';
  for (const script of host.scripts(digest)) {
    const { code, stdout, stderr } = await served.run(script);
    printed += stdout + stderr;
    if (code !== 0) break;
  }
  return printed;
}

const release = (name: string, program = server) => host.artifact(name, { 'server.js': program });

describe('a release under load', () => {
  it('row 5: loses no request, also with slow ones in flight; streams reconnect; the rollback too', async () => {
    expect(await deploy(await release('one'))).toContain('release\tapi\tswitched');
    const second = await release('two');
    load.begin({ visitors: 12, streams: 6 });
    await expect.poll(() => load.requests).toBeGreaterThan(100);
    for (const script of host.scriptsTo(second, 'health')) expect(await served.run(script)).toMatchObject({ code: 0 });
    const slow = Promise.all(Array.from({ length: 4 }, () => load.ask('POST', '/api/notes?slow=8000')));
    expect(await served.run(host.script(second, 'switch'))).toMatchObject({ code: 0 });
    const before = load.requests;
    const drained = served.run(host.script(second, 'drain'));
    await expect.poll(() => load.requests).toBeGreaterThan(before + 100);
    expect(await slow).toEqual(Array(4).fill('200 one'));
    expect(await drained).toMatchObject({ code: 0 });
    expect(host.isActive('dojang-api@a.service')).toBe(false);
    expect(host.rollBack(second).stdout).toContain('rolled-back');
    const after = load.counts.answered['200 one'] ?? 0;
    await expect.poll(() => load.counts.answered['200 one']).toBeGreaterThan(after + 20);
    const { failed, answered, cut, reconnected } = await load.end();
    expect([failed, cut]).toEqual([[], 0]);
    expect(answered['200 two']).toBeGreaterThan(100);
    expect(reconnected).toBeGreaterThanOrEqual(6);
  });
});

describe('a release that is not healthy', () => {
  const serves = async (name: string) => expect(await load.ask('GET', '/api/listings')).toBe(`200 ${name}`);

  it('row 2: listens and never answers: given up after the limit, by the clock', async () => {
    await deploy(await release('one'));
    host.healthSeconds = 3;
    load.begin({ visitors: 2, streams: 0 });
    const began = performance.now();
    const printed = await deploy(await release('silent', silentServer));
    expect(printed).toMatch(/was not healthy within 3 s[\s\S]*release\tapi\tunhealthy[\s\S]*serving\ta\t/);
    // The base asks 60 times for up to 6 s each.
    expect(performance.now() - began).toBeLessThan(60_000);
    await serves('one');
    expect((await load.end()).failed).toEqual([]);
  });

  it('row 3: throws on its first line: given up when it has ended, long before the limit', async () => {
    await deploy(await release('one'));
    host.healthSeconds = 120;
    const printed = await deploy(await release('throws', 'throw new Error("first line");'));
    expect(printed).toMatch(/dojang-api@b\.service ended by itself[\s\S]*release\tapi\tunhealthy/);
    await serves('one');
    expect(host.isActive('dojang-api@b.service')).toBe(false);
  });

  it('row 16: is slow to start: the limit is a setting', async () => {
    await deploy(await release('one'));
    host.healthSeconds = 2;
    const slow = await release('slow', `process.env.START_MS = '6000';${server}`);
    expect(await deploy(slow)).toContain('was not healthy within 2 s');
    await serves('one');
    host.healthSeconds = 60;
    expect(await deploy(slow)).toContain('release\tapi\tswitched');
    await serves('slow');
  });
});
