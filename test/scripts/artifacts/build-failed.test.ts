import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'rolldown';
import { expect, it, onTestFinished } from 'vitest';
import { explain } from '../../../lib/errors/dojang-error.ts';
import { orBuildFailed } from '../../../scripts/artifacts/build-failed.ts';

it('names the file and the line, without colours, and what to do', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-build-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const input = join(folder, 'server.ts');
  writeFileSync(input, 'const fine = 1;\nconst broken = (;\n');
  const error = await orBuildFailed('api', build({ input, logLevel: 'silent', write: false })).catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({
    code: 'build-failed',
    message: 'api could not be built',
    next: 'mend apps/api, then run the same command again',
  });
  const text = explain(error);
  expect(text).toContain('What serves is untouched.');
  expect(text).toMatch(/server\.ts:2:/);
  expect(text).not.toContain('\u001b');
});

it('passes on what was built', async () => {
  expect(await orBuildFailed('web', Promise.resolve('built'))).toBe('built');
});
