/** The certificate authority on an embedded internet of its own. */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureAcme, stopAcme } from '../../../../scripts/local/acme/index.ts';
import { managementPort, writeLifetime } from '../../../../scripts/local/acme/settings.ts';
import { attempt, command } from '../../../../scripts/local/hosts/command.ts';
import { connectInternet, inside, removeInternet } from '../../../../scripts/local/hosts/network/namespaces.ts';
import { prefixOf, serviceAddress } from '../../../../scripts/local/hosts/network/network.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-acme-'));
const prefix = prefixOf(folder);
const nameServer = new URL('../../../../scripts/local/dns/main.ts', import.meta.url).pathname;
const ensure = (mayStart: boolean) => ensureAcme(join(folder, 'acme'), { prefix, mayStart }, () => undefined);
const pid = () => JSON.parse(readFileSync(join(folder, 'acme/daemon.json'), 'utf8')).pid as number;

beforeAll(() => connectInternet(prefix));
afterAll(async () => {
  await stopAcme(join(folder, 'acme'));
  await removeInternet(prefix);
  rmSync(folder, { recursive: true, force: true });
});

it('is started only by those who may start it', async () => {
  await expect(ensure(false)).rejects.toMatchObject({ code: 'not-running' });
  await ensure(true);
  await expect(ensure(false)).resolves.toMatchObject({ directory: 'https://acme.dojang.example/dir' });
});

it('answers under the name that the name server knows, with a certificate that its root vouches for', async () => {
  const { directory, root } = await ensure(true);
  writeFileSync(join(folder, 'root.pem'), root);
  const [program, ...args] = inside(prefix, 'internet', [process.execPath, nameServer, join(folder, 'dns'), serviceAddress.dns]);
  const names = spawn(program, args, { stdio: ['pipe', 'inherit', 'inherit'] });
  const lookup = `until exec 3<>/dev/tcp/${serviceAddress.dns}/53; do sleep 0.1; done 2>/dev/null; echo nameserver ${serviceAddress.dns} >${folder}/resolv.conf
    mount --bind ${folder}/resolv.conf /etc/resolv.conf && curl -sS --fail --cacert ${folder}/root.pem ${directory}`;
  const { code, text } = await attempt(inside(prefix, 'visitor', ['timeout', '20', 'unshare', '--mount', 'bash', '-c', lookup]));
  names.stdin.end();
  expect(code, text).toBe(0);
  expect(JSON.parse(text)).toMatchObject({ newOrder: expect.stringContaining('https://acme.dojang.example/') });
});

it('goes on running until its certificates are to last otherwise, and then signs by a new root', async () => {
  const url = `https://${serviceAddress.acme}:${managementPort}/roots/0`;
  const issuingRoot = () => command(inside(prefix, 'internet', ['curl', '-sSk', '--fail', url]));
  const [before, first] = [pid(), await issuingRoot()];
  const { root } = await ensure(true);
  expect(pid()).toBe(before);
  writeLifetime(join(folder, 'acme'), 60);
  await expect(ensure(true)).resolves.toMatchObject({ root });
  expect(pid()).not.toBe(before);
  expect(await issuingRoot()).not.toBe(first);
  expect(readFileSync(join(folder, 'acme/daemon.log'), 'utf8')).toContain('validity period of 60 seconds');
});
