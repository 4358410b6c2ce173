/**
 * What is printed where there are no Google credentials: our own message, and nothing of the
 * client's.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { detectMachineByBios } from '../../../../../scripts/io/process/process-environment.ts';
import { root } from '../../../../../scripts/io/state.ts';

const run = promisify(execFile);
const place = mkdtempSync(join(tmpdir(), 'dojang-google-auth-'));
afterAll(() => rmSync(place, { recursive: true }));
/** Without root a network of one's own is made in a user namespace. */
const asRoot = process.getuid?.() === 0 ? [] : ['--map-root-user'];

/**
 * Asks Google in a network where something else than Google's metadata server answers at its
 * address, as in many an office.
 */
const program = `
import { createServer } from 'node:http';
const server = createServer((request, answer) => answer.writeHead(403).end('not Google'));
await new Promise((ready) => server.listen(80, '169.254.169.254', ready));
const { computeClient } = await import(${JSON.stringify(join(root, 'scripts/io/gcp/api/google-api.ts'))});
const { askGoogle } = await import(${JSON.stringify(join(root, 'scripts/io/gcp/api/ask-google.ts'))});
const client = await computeClient({ endpoints: { google: {} } });
await client.instances.list({ project: 'p', zone: 'z' }).catch(() => undefined);
await askGoogle({ endpoints: { google: {} } }, 'compute', 'projects/p', 'p').catch((error) => console.log(error.code));
server.close();
`;

describe('without Google credentials', () => {
  it('nothing but the answer is printed', async () => {
    const file = join(place, 'ask.mjs');
    writeFileSync(file, program);
    const network = 'ip link set lo up && ip address add 169.254.169.254/32 dev lo && exec "$@"';
    const words = [...asRoot, '--net', 'bash', '-c', network, 'bash', process.execPath, file];
    const env = { PATH: process.env.PATH, HOME: place };
    const { stdout, stderr } = await run('unshare', words, { env, timeout: 60_000 });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^(no-credentials|google-unreachable)\n$/);
  });

  it('a metadata server that is named, and a choice that was made, stay in use', () => {
    const named = { GCE_METADATA_HOST: '127.0.0.1:8080' };
    const chosen = { METADATA_SERVER_DETECTION: 'none' };
    for (const env of [named, chosen]) {
      const before = { ...env };
      detectMachineByBios(env);
      expect(env).toEqual(before);
    }
  });
});
