/**
 * Who works through the queue during a release: the API itself in two slots, over a real MySQL,
 * behind a real nginx. Only systemd, the bucket and the AI server are stand-ins.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { quoted } from '../../../../lib/host/bash/bash-template.ts';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import { canaryScript, rollBackScript } from '../../../../lib/release/host/index.ts';
import { bundleApi } from '../../../../scripts/artifacts/api.ts';
import { certifyAuthority, issue, newKey } from '../../../../scripts/io/pki.ts';
import { apiEnvironment } from '../../../apps/api/contracts/child-process.ts';
import { FakeAi } from '../../../apps/api/contracts/fake-ai.ts';
import { ended, Service, submit } from '../../../apps/api/contracts/service.ts';
import { migrationsHere, useMysql } from '../../../apps/api/mysql.ts';
import { bash } from '../../host/bash.ts';
import { freePorts, Nginx } from '../../host/nginx/nginx.ts';
import { local, localFacts, stepOf } from '../../host/recipes.ts';
import { runScript } from '../probe/run.ts';
import { ApiHost } from './api-host.ts';

const mysql = useMysql();
const recipe = hostRecipe(local, 'aws', { ...localFacts, unlimitedClients: ['127.0.0.1'] });
const bundle = mkdtempSync(join(tmpdir(), 'dojang-bundle-'));
let nginx: Nginx;
let host: ApiHost;
let ai: FakeAi;
let users: Service;

beforeAll(() => bundleApi(bundle));
afterAll(() => rmSync(bundle, { recursive: true }));

beforeEach(async () => {
  const [https = 0, http = 0, a = 0, b = 0] = await freePorts(4);
  const key = await newKey();
  const authority = { key, certificate: await certifyAuthority(key, 'test authority', new Date()) };
  const pair = await issue({ commonName: 'site', names: ['DNS:site'], use: 'server' }, authority, new Date());
  nginx = await Nginx.start({
    step: stepOf(recipe, 'nginx-site'),
    ports: { 443: https, 80: http, 8080: a },
    tls: { 'site.pem': pair.certificate, 'site-key.pem': pair.key.pem.reveal() },
  });
  host = new ApiHost({ systemd: 'processes', ports: { a, b }, folder: nginx.folder });
  host.healthSeconds = 120;
  host.command('bin/nginx', `#!/bin/bash\nexec ${nginx.argv.map(quoted).join(' ')} "$@"\n`);
  const unit = bash(`${stepOf(recipe, 'api-unit').definitions}\ntext_of__etc_systemd_system_dojang_api__service`).stdout;
  host.write('units/dojang-api@.service', host.here(unit));
  ai = new FakeAi();
  await ai.start();
  const settings = { PORT: '8080', ...apiEnvironment(mysql.settings), AI_URL: ai.url };
  host.write(
    'etc/dojang/api.env',
    Object.entries(settings)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}\n`)
      .join(''),
  );
  // Takes what users submit, and works on none of it.
  users = new Service(mysql, ai);
});
afterEach(async () => {
  await users.part.stop();
  await users.part.close();
  host.stop();
  await nginx.stop();
  await ai.stop();
});

const run = ({ script }: { readonly script: string }) =>
  runScript(host.here(script), {}, { PATH: `${host.at('bin')}:${process.env.PATH}` });
const must = async (script: { readonly script: string }) => expect(await run(script)).toMatchObject({ code: 0 });

/** The API as it is in this tree, under a digest of its own. */
function release(name: string): Promise<string> {
  const texts = (folder: string, under = '') =>
    readdirSync(folder)
      .filter((file) => /\.(js|sql)$/.test(file))
      .map((file) => [`${under}${file}`, readFileSync(join(folder, file), 'utf8')]);
  return host.artifact(name, Object.fromEntries([...texts(bundle), ...texts(migrationsHere, 'migrations/')]));
}

/** The first serves from slot a; the second is healthy in slot b. */
async function prepared(): Promise<string> {
  for (const script of host.scripts(await release('one'))) await must(script);
  const second = await release('two');
  for (const script of host.scriptsTo(second, 'health')) await must(script);
  await expect.poll(() => logOf('b')).toContain('contracts are left to the other slot');
  return second;
}

const logOf = (slot: 'a' | 'b') => host.read(`systemd/dojang-api@${slot}.service.log`);

/** How many of so many contracts that users submit now each slot answers. */
async function answeredBy(contracts: number): Promise<{ readonly a: number; readonly b: number }> {
  const count = (slot: 'a' | 'b') => logOf(slot).match(/"msg":"contract ended"/g)?.length ?? 0;
  const before = { a: count('a'), b: count('b') };
  const people = await Promise.all(Array.from({ length: 5 }, (_, at) => users.person(`사람 ${at}`)));
  const all = Array.from({ length: contracts }, async (_, at) => {
    const person = people[at % people.length];
    if (!person) throw new RangeError('no person');
    expect((await ended(person, await submit(person, `제${at}조`))).status).toBe('answered');
  });
  await Promise.all(all);
  await expect.poll(() => count('a') + count('b') - before.a - before.b).toBe(contracts);
  return { a: count('a') - before.a, b: count('b') - before.b };
}

describe('contracts during a release', () => {
  it('are answered by the slot that serves alone: not by one that is healthy beside it, nor by one that served', async () => {
    const second = await prepared();
    expect(await answeredBy(40)).toEqual({ a: 40, b: 0 });
    await must(host.script(second, 'switch'));
    expect(await answeredBy(40)).toEqual({ a: 0, b: 40 });
    await must(rollBackScript('api', { digest: second, reason: 'errors', healthSeconds: 60 }));
    expect(await answeredBy(40)).toEqual({ a: 40, b: 0 });
  });

  it('are shared with a canary, and not after its share was withdrawn', async () => {
    const second = await prepared();
    await must(canaryScript({ digest: second, percent: 5 }));
    const { a, b } = await answeredBy(40);
    expect([a + b, a > 0, b > 0]).toEqual([40, true, true]);
    await must(host.script(second, 'before'));
    expect(await answeredBy(10)).toEqual({ a: 10, b: 0 });
  });
});
