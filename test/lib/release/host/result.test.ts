/** What the scripts of a release print, as data. */
import { describe, expect, it } from 'vitest';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { ShellResult } from '../../../../lib/ports/host-shell.ts';
import { hostResultFrom } from '../../../../lib/release/host/result.ts';

const digest = '0123456789abcdef'.repeat(4);
const earlier = 'fedcba9876543210'.repeat(4);
const printed = (stdout: string, code = 0, stderr = ''): ShellResult => ({ code, stdout, stderr });
const failure = (...of: Parameters<typeof hostResultFrom>): DojangError => {
  try {
    hostResultFrom(...of);
  } catch (error) {
    if (error instanceof DojangError) return error;
  }
  throw new Error('it did not throw');
};

describe('a step that succeeded', () => {
  it('has an outcome, its release, a note and what serves', () => {
    const text = `noise\nrelease\tapi\tswitched\t${digest}\tb\nserving\tb\t${digest}\tactive\n`;
    expect(hostResultFrom('api', 'switch', printed(text))).toEqual({
      outcome: 'switched',
      digest,
      note: 'b',
      serving: { slot: 'b', digest, state: 'active' },
    });
  });

  it('of the web or the AI server serves in no slot', () => {
    const text = `release\tai\trestarted\t${digest}\t\nserving\t-\t${digest}\tnot healthy\n`;
    expect(hostResultFrom('ai', 'restart', printed(text)).serving).toEqual({ digest, state: 'not healthy' });
  });

  it('may be of no release, where none serves', () => {
    const result = hostResultFrom('api', 'prune', printed('release\tapi\tpruned\t-\t0 releases are kept\nserving\t-\t-\t-\n'));
    expect(result).toEqual({ outcome: 'pruned', digest: '-', note: '0 releases are kept' });
  });

  it.each(['', 'release\tapi\tsurprised\t-\t\n'])('fails all the same when it printed %j', (text) => {
    expect(failure('api', 'before', printed(text)).code).toBe('release-failed');
  });
});

describe('a step that failed', () => {
  it('and gives no reason is named, with its exit code', () => {
    expect(failure('web', 'nginx-test', printed('[emerg] refused', 1)).message).toBe(
      'the script of the step nginx-test ended with exit code 1',
    );
  });

  it('because another release held the lock of the host is no fault of this one', () => {
    const busy = 'another release of api has been at work on this host for 380 s';
    const ended = failure('api', 'health', printed(`${busy}\nserving\ta\t${earlier}\tactive\n`, 75));
    expect(ended).toMatchObject({
      code: 'host-busy',
      message: busy,
      why: expect.stringContaining('Release fedcba987654 in slot a serves.'),
    });
    expect(failure('api', 'health', printed('', 75)).message).toBe('another release of api is at work on its host');
  });

  const unhealthy = `dojang-api@b.service failed\nthe log\nrelease\tapi\tunhealthy\t${digest}\tdojang-api@b.service failed\n`;

  it('says why, what serves and the end of what was printed', () => {
    const { message, why, next } = failure('api', 'health', printed(`${unhealthy}serving\ta\t${earlier}\tactive\n`, 1, 'an error'));
    expect(message).toBe('dojang-api@b.service failed');
    expect(why).toBe(
      'Release fedcba987654 in slot a serves. The end of what the host printed:\n    dojang-api@b.service failed\n    the log\n    an error',
    );
    expect(next).toContain('dojang deploy api');
  });

  it('keeps the reason where the host has rolled back since', () => {
    const text = `release\tai\tunhealthy\t${digest}\tslow\nrelease\tai\trolled-back\t${earlier}\t\nserving\t-\t${earlier}\tactive\n`;
    expect(failure('ai', 'health', printed(text, 1))).toMatchObject({
      message: 'slow',
      why: expect.stringMatching(/^Release fedcba987654 serves\./),
    });
  });

  it.each([
    ['api', 'serving\ta\tDIGEST\tfailed', 'Release 0123456789ab in slot a should serve, but its unit is failed.'],
    [
      'ai',
      'serving\t-\tDIGEST\tnot restarted with it yet',
      'Release 0123456789ab should serve, but its unit is not restarted with it yet.',
    ],
    ['web', 'serving\t-\tDIGEST\tinactive', 'Release 0123456789ab should serve, but nginx is inactive.'],
    ['web', 'serving\t-\t-\t-', 'There is no earlier release, so none serves.'],
    ['web', '', 'The host did not report which release serves: dojang doctor asks it.'],
  ] as const)('of %s never claims more than the host reported: %j', (app, line, expected) => {
    expect(failure(app, 'unpack', printed(line.replace('DIGEST', digest), 1)).why).toContain(expected);
  });
});
