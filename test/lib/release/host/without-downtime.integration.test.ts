/**
 * Releases of the API behind a real nginx under load. Only systemd and the bucket are stand-ins:
 * each slot is a process that is started with its settings and ended by SIGTERM.
 */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quoted } from '../../../../lib/host/bash/bash-template.ts';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import type { HostScript } from '../../../../lib/release/host/index.ts';
import { certifyAuthority, issue, newKey } from '../../../../scripts/io/pki.ts';
import { freePorts, Nginx } from '../../host/nginx/nginx.ts';
import { local, localFacts, stepOf } from '../../host/recipes.ts';
import { ApiHost } from './api-host.ts';
import { Load } from './load.ts';
import { server, silentServer } from './server.ts';

let nginx: Nginx;
let host: ApiHost;
let load: Load;

beforeEach(async () => {
  const [https = 0, http = 0, a = 0, b = 0] = await freePorts(4);
  const key = await newKey();
  const authority = { key, certificate: await certifyAuthority(key, 'test authority', new Date()) };
  const pair = await issue({ commonName: 'site', names: ['DNS:site'], use: 'server' }, authority, new Date());
  nginx = await Nginx.start({
    step: stepOf(hostRecipe(local, 'aws', { ...localFacts, unlimitedClients: ['127.0.0.1'] }), 'nginx-site'),
    ports: { 443: https, 80: http, 8080: a },
    tls: { 'site.pem': pair.certificate, 'site-key.pem': pair.key.pem.reveal() },
  });
  host = new ApiHost({ systemd: 'processes', ports: { a, b }, folder: nginx.folder });
  host.command('bin/nginx', `#!/bin/bash\nexec ${nginx.argv.map(quoted).join(' ')} "$@"\n`);
  load = new Load(https);
});
afterEach(async () => {
  await load.end();
  host.stop();
  await nginx.stop();
});

/** Beside the load, which is of this process. */
async function run({ script }: HostScript): Promise<{ code: number; stdout: string }> {
  const child = spawn('bash', ['--norc', '-s'], { env: { ...process.env, PATH: `${host.at('bin')}:${process.env.PATH}` } });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (part) => {
    stdout += part;
  });
  child.stderr.setEncoding('utf8').on('data', (part) => {
    stdout += part;
  });
  child.stdin.end(host.here(script));
  const [code] = await once(child, 'close');
  return { code, stdout };
}

async function deploy(digest: string): Promise<string> {
  let printed = '';
  for (const script of host.scripts(digest)) {
    const { code, stdout } = await run(script);
    printed += stdout;
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
    const slow = Promise.all(Array.from({ length: 4 }, () => load.ask('POST', '/api/notes?slow=15000')));
    for (const script of host.scriptsTo(second, 'switch')) expect(await run(script)).toMatchObject({ code: 0 });
    const before = load.requests;
    const drained = run(host.script(second, 'drain'));
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
