/**
 * The API as it is released: bundled files alone in a folder, which read a contract in a process of
 * their own.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleApi } from '../../../scripts/artifacts/api.ts';
import { publicUrl } from './app.ts';
import { apiEnvironment } from './contracts/child-process.ts';
import { form, useStage } from './contracts/service.ts';
import { migrationsHere, useMysql } from './mysql.ts';

const mysql = useMysql();
const stage = useStage(mysql);
const folder = mkdtempSync(join(tmpdir(), 'dojang-release-'));
let server: ChildProcess;
let url: string;

beforeAll(async () => {
  await bundleApi(folder);
  cpSync(migrationsHere, join(folder, 'migrations'), { recursive: true });
  const env = { PATH: process.env.PATH, ...apiEnvironment(mysql.settings), PORT: '0', AI_URL: 'http://127.0.0.1:9' };
  server = spawn(process.execPath, [join(folder, 'server.js')], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await once(createInterface({ input: server.stdout ?? process.stdin }), 'line');
  const { host, port } = JSON.parse(line);
  url = `http://${host}:${port}`;
});
afterAll(async () => {
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
  rmSync(folder, { recursive: true });
});

it('is four programs, and nothing that they would have to be installed with', () => {
  expect(readdirSync(folder).toSorted()).toEqual(['content-worker.js', 'migrate.js', 'migrations', 'server.js', 'test-account.js']);
});

it('reads a contract, and says what is wrong with another', async () => {
  const { cookie } = await stage.idle().person();
  const post = (body: FormData) => fetch(`${url}/api/contracts`, { method: 'POST', headers: { origin: publicUrl, cookie }, body });
  const pdf = `%PDF-1.7\n${'x'.repeat(1_000_000)}`;
  const accepted = await post(
    form([
      ['lease.txt', 'text/plain', '제1조 보증금'],
      ['lease.pdf', 'application/pdf', pdf],
    ]),
  );
  expect([accepted.status, await accepted.text()]).toEqual([202, expect.stringContaining('"waiting"')]);
  const [pages] = await mysql.db.query('SELECT kind, LENGTH(data) AS bytes FROM contract_pages ORDER BY page');
  expect(pages).toEqual([
    { kind: 'text', bytes: Buffer.byteLength('제1조 보증금') },
    { kind: 'pdf', bytes: pdf.length },
  ]);
  const refused = await post(form([['lease.txt', 'text/plain', `a${'\u0301\u0316'.repeat(1000)}`]]));
  expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('combining marks')]);
});
