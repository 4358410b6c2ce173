/** What `deploy --dry-run` prints is what a deployment performs today, no more. */
import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { deploy } from '../../../../scripts/commands/deploy/deploy.ts';
import { checked } from '../../checked.ts';
import { MemoryClouds } from '../../memory-clouds.ts';

const context = new MemoryClouds(environmentOf(service, 'prod')).context({ dryRun: true });
const unopened = () => Promise.reject(new Error('a cloud was opened'));

interface Planned {
  readonly app: string;
  readonly script: string;
  readonly steps: readonly { readonly id: string; readonly manualSteps: readonly number[] }[];
}

async function planned(...wanted: string[]) {
  const { data, lines } = checked(await deploy(context, unopened, wanted, { watchSeconds: 60, canary: false }));
  return { items: data as unknown as readonly Planned[], text: (lines ?? []).join('\n') };
}

describe('deploy --dry-run', () => {
  it('has the steps of today, with the rows of the manual that they replace', async () => {
    const { items } = await planned('api');
    expect(items.flatMap(({ steps }) => steps.map(({ id, manualSteps }) => [id, ...manualSteps]))).toEqual([
      ['before', 2],
      ['build', 5, 8],
      ['upload', 5],
      ['pre-hook'],
      ['announce', 1],
      ['dump', 3, 4],
      ['unpack', 6, 9],
      ['migrate', 9],
      ['start', 9],
      ['health', 10],
      ['test', 11],
      ['switch', 11],
      ['watch', 11],
      ['drain', 7],
      ['record', 12],
      ['prune'],
      ['announce-end', 12],
      ['post-hook'],
    ]);
  });

  it('prints each step, within a terminal', async () => {
    const { items, text } = await planned();
    expect(items.map(({ app }) => app)).toEqual(['ai', 'api', 'web']);
    for (const { app, steps } of items) {
      const [, its = ''] = text.split(`${app} on the`);
      for (const { id } of steps) expect(its).toMatch(new RegExp(`^ {2}${id} `, 'm'));
    }
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('says of a gap in service that there is one, exactly where a script restarts the unit', async () => {
    const { items } = await planned();
    for (const { script, steps } of items) {
      expect(steps.some(({ id }) => id === 'restart')).toBe(/^# restart$/m.test(script));
      expect(steps.some(({ id }) => id === 'health')).toBe(/^ *if ! (\{ )?fault=\$\(wait_/m.test(script));
      expect(steps.some(({ id }) => id === 'migrate')).toBe(script.includes('migrate.js'));
    }
  });
});
