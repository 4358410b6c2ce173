/**
 * The paths of the API that need no sign-in and are not searches: reading alone, and within limits.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { flood, meanwhile } from './flood.ts';
import { Site } from './site.ts';

let site: Site;
beforeEach(async () => {
  site = new Site();
  await site.start();
});
afterEach(() => site.stop());

const paths = ['/api/checklist', '/health/liveness'];

describe.each(paths)('%s', (path) => {
  it('refuses every other method without asking the API', async () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
      const { status, headers, body } = await site.ask(method, path);
      expect([method, status, headers.allow]).toEqual([method, 405, 'GET, HEAD']);
      expect(headers).toMatchObject({
        'content-type': expect.stringContaining('application/problem+json'),
        'x-content-type-options': 'nosniff',
      });
      expect(JSON.parse(body)).toMatchObject({ status: 405 });
    }
    expect(site.asked).toEqual([]);
  });

  it('is answered to GET and HEAD', async () => {
    for (const method of ['GET', 'HEAD']) expect((await site.ask(method, path)).status).toBe(200);
  });

  it('reaches the API within the limit of an address, although the answer may not be kept', async () => {
    const began = performance.now();
    const statuses = await flood(site, 600, () => ['GET', path]);
    const seconds = (performance.now() - began) / 1000;
    expect(statuses[429] ?? 0).toBeGreaterThan(100);
    expect(site.asked.length).toBeLessThanOrEqual(1 + 200 + 50 * seconds);
  });

  it.each([
    ['a flood of it keeps no signed-in neighbour from it', path, () => ({ cookie: site.signIn(1) })],
    ['a flood of listings keeps no visitor from it', '/api/listings', () => ({})],
  ])('%s', async (_, flooded, headers) => {
    site.answer = (_request, response) => response.writeHead(200, { 'cache-control': 'public, max-age=60' }).end('{}');
    const { flooding, seen } = await meanwhile(site, () => ['GET', flooded], ['GET', path, headers()]);
    expect(seen).toEqual({ 200: 20 });
    expect(flooding[429] ?? 0).toBeGreaterThan(100);
  });
});
