/** What is sent to a host: bash runs it here as it would there. */
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { outputLimits, wrapInParts, wrapScript } from '../../../scripts/io/script-wrapper.ts';

const run = (script: string, limit = 20) => spawnSync('bash', [], { input: wrapScript(script, limit), encoding: 'utf8' });

describe('an envelope', () => {
  it('passes on output, errors and exit status, and is bash whatever runs it', () => {
    const answer = run("[[ -n $BASH_VERSION ]] && echo 'its'; echo oops >&2; exit 7");
    expect(answer).toMatchObject({ status: 7, stdout: 'its\n', stderr: 'oops\n' });
    expect(wrapScript('true', 1)).toMatch(/^#!\/bin\/bash\n/);
  });

  it('carries here-documents, quotes, Korean and braces unchanged', () => {
    const text = `EOF\n'"$x\`\\ 임대차 {{ssm:secret}}`;
    expect(run(`cat <<'END'\n${text}\nEND`).stdout).toBe(`${text}\n`);
    expect(wrapScript(`echo '${text}'`, 1)).not.toContain('{{');
  });

  it.each(['true', `echo '{{'`])('is fine with shellcheck: %s', (script) => {
    const { status, stdout, error } = spawnSync('shellcheck', ['-'], { input: wrapScript(script, 10), encoding: 'utf8' });
    expect(error).toBeUndefined();
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  });

  it('gives a script nothing to read', () => {
    expect(run('cat; echo done').stdout).toBe('done\n');
  });

  it('keeps both ends of a long output', () => {
    const { stdout, stderr } = run('seq 100000; seq 50000 >&2');
    expect(stdout).toMatch(/^1\n2\n[\s\S]+\n\.\.\. \d+ bytes left out \.\.\.\n[\s\S]+\n99999\n100000\n$/);
    expect(stderr).toMatch(/\n50000\n$/);
    expect(stdout.length).toBeLessThan(outputLimits.stdout + 100);
    expect(stderr.length).toBeLessThan(outputLimits.stderr + 100);
  });

  it('ends a script at its limit with what it has said so far', () => {
    const answer = run('echo begun; sleep 60', 1);
    expect(answer).toMatchObject({ status: 124, stdout: 'begun\n' });
  });

  it('packs what is long', () => {
    const long = `${'# the same line again\n'.repeat(10_000)}echo end`;
    expect(wrapScript(long, 10).length).toBeLessThan(10_000);
    expect(run(long).stdout).toBe('end\n');
  });

  describe('of what is too long even so', () => {
    const top = mkdtempSync(join(tmpdir(), 'dojang-parts-'));
    const noise = randomBytes(100_000).toString('hex');
    const long = `cat <<'END' | wc -c\n${noise}\nEND\nexit 3`;
    const parts = () => wrapInParts(long, 20, top);
    const bash = (input: string) => spawnSync('bash', [], { input, encoding: 'utf8' });
    afterAll(() => rmSync(top, { recursive: true }));

    it('comes in parts, each of which fits, and leaves nothing behind', () => {
      const scripts = parts();
      expect(scripts.length).toBeGreaterThan(2);
      for (const script of scripts) expect(Buffer.byteLength(JSON.stringify(script))).toBeLessThan(60 * 1024);
      const answers = scripts.map(bash);
      expect(answers.slice(0, -1).map(({ status, stderr }) => ({ status, stderr }))).toEqual(
        scripts.slice(1).map(() => ({ status: 0, stderr: '' })),
      );
      expect(answers.at(-1)).toMatchObject({ status: 3, stdout: `${noise.length + 1}\n` });
      expect(readdirSync(top)).toEqual([]);
    });

    it('does not run when a part is missing', () => {
      const scripts = parts();
      for (const script of scripts.slice(1, -1)) bash(script);
      expect(bash(scripts.at(-1) ?? '')).toMatchObject({
        status: 1,
        stdout: '',
        stderr: expect.stringContaining('a part of the script is missing'),
      });
    });

    it('is fine with shellcheck', () => {
      for (const input of parts())
        expect(spawnSync('shellcheck', ['-'], { input, encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' });
    });
  });

  it('comes in one when it fits', () => expect(wrapInParts('true', 1)).toEqual([wrapScript('true', 1)]));

  it('carries a script of the length that still fits', () => {
    const noise = randomBytes(20_000).toString('base64');
    const script = `echo -n ${noise} | sha256sum`;
    expect(run(script).stdout).toContain(createHash('sha256').update(noise).digest('hex'));
  });
});
