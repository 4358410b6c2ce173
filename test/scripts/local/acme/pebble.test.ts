import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { downloadInto } from '../../../../scripts/local/acme/download.ts';
import { ensurePebble, type PebbleSource } from '../../../../scripts/local/acme/pebble.ts';
import { pebbleSettings } from '../../../../scripts/local/acme/settings.ts';
import { pebbleVersion } from '../../../../scripts/local/acme/version.ts';

const silent = () => undefined;
const program = '#!/bin/sh\necho "Pebble version: test"\n';
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dojang-acme-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('Pebble', () => {
  const works: PebbleSource = { name: 'a build', version: '1', fill: async (into) => writeFileSync(join(into, 'pebble'), program) };
  const fails = (name: string, reason: string): PebbleSource => ({ name, version: '1', fill: () => Promise.reject(new Error(reason)) });
  const never = fails('never', 'asked although it was there');

  it('comes from the first source that has it, and is then kept', async () => {
    const cache = join(folder, 'cache');
    expect(await ensurePebble(silent, cache, [fails('a build', 'Go is not installed'), works])).toBe(join(cache, '1/pebble'));
    expect(await ensurePebble(silent, cache, [never])).toBe(join(cache, '1/pebble'));
    expect(readdirSync(join(folder, 'cache'))).toEqual(['1']);
  });

  it('that does not run is not kept', async () => {
    const broken: PebbleSource = {
      name: 'broken',
      version: '1',
      fill: async (into) => writeFileSync(join(into, 'pebble'), '#!/bin/sh\nexit 1\n'),
    };
    await expect(ensurePebble(silent, folder, [broken])).rejects.toMatchObject({ code: 'no-acme-server' });
    expect(readdirSync(folder)).toEqual([]);
  });

  it('that cannot be had is one message with every reason and what to install', async () => {
    const failure = await ensurePebble(silent, folder, [
      fails('a build', 'Go is not installed'),
      fails('the published archive', 'timed out'),
    ]).catch((error) => error);
    expect(failure).toMatchObject({ code: 'no-acme-server', next: expect.stringContaining('Go 1.26') });
    expect(failure.message).toContain('a build: Go is not installed\n    the published archive: timed out');
  });

  it('is of the version that the modules are pinned to', () => {
    const pinned = readFileSync(new URL('../../../../scripts/local/acme/go.mod', import.meta.url), 'utf8');
    expect(pinned).toContain(`require github.com/letsencrypt/pebble/v2 v${pebbleVersion}\n`);
  });

  it('validates at the port that Let’s Encrypt does and offers one profile, so that nothing is left to chance', () => {
    const { pebble } = pebbleSettings('/f', 60) as { pebble: Record<string, unknown> };
    expect(pebble).toMatchObject({ httpPort: 80, listenAddress: '192.0.2.30:443' });
    expect(pebble.profiles).toEqual({ classic: expect.objectContaining({ validityPeriod: 60 }) });
  });
});

describe('the published archive', () => {
  let server: Server;
  let url: string;
  let archive: Buffer;

  beforeEach(async () => {
    mkdirSync(join(folder, 'pebble-linux/linux'), { recursive: true });
    writeFileSync(join(folder, 'pebble-linux/linux/pebble'), program);
    execFileSync('tar', ['-czf', join(folder, 'a.tar.gz'), '-C', folder, 'pebble-linux']);
    archive = readFileSync(join(folder, 'a.tar.gz'));
    mkdirSync(join(folder, 'into'));
    server = createServer((_, response) => response.end(archive));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const target = `${process.platform}-${process.arch}`;
  const sha256 = () => createHash('sha256').update(archive).digest('hex');

  it('is unpacked when it is the one that was published', async () => {
    await downloadInto(join(folder, 'into'), silent, url, { [target]: sha256() });
    expect(readdirSync(join(folder, 'into'))).toEqual(['pebble']);
    expect(readFileSync(join(folder, 'into/pebble'), 'utf8')).toBe(program);
  });

  it('is refused when it is another, before anything is unpacked', async () => {
    await expect(downloadInto(join(folder, 'into'), silent, url, { [target]: '0'.repeat(64) })).rejects.toThrow(/has the SHA-256/);
    expect(readdirSync(join(folder, 'into'))).toEqual([]);
  });

  it('does not exist for every machine', async () => {
    await expect(downloadInto(join(folder, 'into'), silent, url, {})).rejects.toThrow(`none is published for ${target}`);
  });
});
