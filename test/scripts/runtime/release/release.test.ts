/** One release from its beginning to its record, on a host that answers as the real one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { hookOutcomes } from '../../../../lib/hooks/hooks.ts';
import { requireTarget } from '../../../../lib/release/rollback-target.ts';
import { root } from '../../../../scripts/io/state.ts';
import { readRecords } from '../../../../scripts/runtime/release/records.ts';
import { planOf } from '../../../../scripts/runtime/release/release.ts';
import { digestOf, Site, served } from './site.ts';

/** A window that ends at once. */
const watchSeconds = 0.01;

describe('a release of the API', () => {
  it('serves, and its record says who released what, when and how', async () => {
    const site = await served();
    const released = await site.release('b');
    expect(released).toMatchObject({ app: 'api', outcome: 'installed', release: '2026-11-28.2', digest: 'b'.repeat(12) });
    expect(site.host.serving).toBe(digestOf('b'));
    expect(await site.records()).toEqual(['2026-11-28.1 superseded a', '2026-11-28.2 serving b']);
    const record = site.record('2026-11-28.2');
    expect(record).toMatchObject({ verb: 'deploy', subject: 'easy contract: longer leases', who: { owner: 'kim', host: 'laptop' } });
    expect(record.migrations?.[0]).toEqual({ name: '0001_people', expandOnly: true });
    expect(record.ended).toBe('2026-11-28T14:32:00.000Z');
    expect(record.steps.map(({ id }) => id)).toContain('switch');
    expect(record.steps.every(({ state }) => state === 'done')).toBe(true);
  });

  it('dumps the database under its id, and the record names the dump', async () => {
    const site = await served();
    await site.release('b');
    expect(site.record('2026-11-28.2').dump).toMatch(/^dumps\//);
    expect(site.record('2026-11-28.1').dump).toBeUndefined();
  });

  it('changes nothing when it serves already, and writes no record', async () => {
    const site = await served();
    expect(await site.release('a')).toMatchObject({ outcome: 'current', release: '2026-11-28.1' });
    expect(await site.records()).toEqual(['2026-11-28.1 serving a']);
    expect(site.host.ran.filter((step) => ['unpack', 'start', 'switch', 'dump'].includes(step))).toEqual([]);
  });

  it('is announced, and the hooks of the project run around it', async () => {
    const site = await served();
    site.projectHooks = ['pre-deploy', 'post-deploy'];
    site.notices.length = 0;
    await site.release('b');
    expect(site.notices).toEqual(['prod: release 2026-11-28.2 of api has begun', 'prod: release 2026-11-28.2 of api serves']);
    expect(site.hooks).toEqual(['pre-deploy 2026-11-28.2', 'post-deploy 2026-11-28.2']);
  });
});

describe('a release that fails', () => {
  it.each(['unpack', 'migrate', 'start', 'health', 'switch'])('in the step %s leaves the one before it serving', async (step) => {
    const site = await served();
    site.host.failing = { [step]: 'Error: broken' };
    await expect(site.release('b')).rejects.toThrow(`release 2026-11-28.2 of api failed in the step ${step}`);
    expect(site.host.serving).toBe(digestOf('a'));
    const itsFault = step === 'start' || step === 'health';
    expect((await site.records())[1]).toBe(`2026-11-28.2 ${itsFault ? 'rolled-back' : 'failed'} b`);
    expect(site.record('2026-11-28.2').steps.at(-1)).toMatchObject({ id: step, state: 'failed' });
    expect(site.record('2026-11-28.2').reason).toContain(step);
  });

  it('is not the one that a rollback would take', async () => {
    const site = await served();
    site.host.failing = { health: 'Error: broken' };
    await site.release('b').catch(() => undefined);
    site.host.failing = {};
    await site.release('c');
    expect(await site.records()).toEqual(['2026-11-28.1 superseded a', '2026-11-28.2 rolled-back b', '2026-11-28.3 serving c']);
  });

  const crashed = 'dojang-api@b.service ended by itself';

  it('by a crash after it was healthy, seen by its test, is bad', async () => {
    const site = await served();
    site.host.tested = [`sample\tprobe\thealth\tfailed\t0\t${crashed}, and had been healthy`];
    await expect(site.release('b')).rejects.toThrow(`failed in the step test: the test of health failed: ${crashed}`);
    expect([site.host.serving, (await site.records())[1]]).toEqual([digestOf('a'), '2026-11-28.2 rolled-back b']);
    expect(site.record('2026-11-28.2')).toMatchObject({ bad: true, reason: expect.stringContaining(crashed) });
  });

  it('by a crash after its test, seen by the switch, is bad; an nginx that refuses is no fault of it', async () => {
    const site = await served();
    site.host.failing = { switch: `release\tapi\tunhealthy\t${digestOf('b')}\t${crashed}` };
    await expect(site.release('b')).rejects.toThrow(`failed in the step switch: ${crashed}`);
    expect(site.record('2026-11-28.2')).toMatchObject({ outcome: 'rolled-back', bad: true, reason: `switch: ${crashed}` });
    site.host.failing = { switch: '[emerg] refused' };
    await site.release('c').catch(() => undefined);
    expect(site.record('2026-11-28.3')).toMatchObject({ outcome: 'failed', bad: false });
  });

  it('is announced as rolled back', async () => {
    const site = await served();
    site.projectHooks = ['deploy-failed'];
    site.host.failing = { health: 'Error: broken' };
    await site.release('b').catch(() => undefined);
    expect(site.notices.at(-1)).toMatch(/^prod: release 2026-11-28\.2 of api was rolled back/);
    expect(site.hooks).toEqual(['deploy-failed 2026-11-28.2']);
  });

  it('while it is watched goes back to the one before it', async () => {
    const site = await served();
    site.host.before = (comment) => {
      if (comment.startsWith('switch')) site.host.window = [100, 20, 80];
    };
    await expect(site.release('b', { watchSeconds })).rejects.toThrow('20 of 100 requests failed');
    expect(site.host.serving).toBe(digestOf('a'));
    expect(site.record('2026-11-28.2')).toMatchObject({ outcome: 'rolled-back' });
  });
});

describe('the outcome that a hook gets', () => {
  const ends = async (failing: Readonly<Record<string, string>>, more = {}) => {
    const site = await served();
    site.projectHooks = ['post-deploy', 'deploy-failed'];
    site.hookEnds.length = 0;
    site.host.failing = failing;
    await site.release('b', more).catch(() => undefined);
    return site;
  };

  it('is one of those that are documented', () => {
    const [, cell = ''] = /`DOJANG_OUTCOME` *\|([^|]*)\|/.exec(readFileSync(join(root, 'docs/day-2.md'), 'utf8')) ?? [];
    expect([...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word)).toEqual([...hookOutcomes]);
  });

  it('is serving', async () => expect((await ends({})).hookEnds).toEqual(['post-deploy serving']));

  it.each(['drain', 'prune'])('is serving, with the reason, when the step %s failed after the switch', async (step) => {
    const { hookEnds, host } = await ends({ [step]: 'Error: broken' });
    expect(hookEnds).toEqual([expect.stringMatching(new RegExp(`^post-deploy serving ${step}: .*exit code 1$`))]);
    expect(host.serving).toBe(digestOf('b'));
  });

  it.each([
    ['health', 'rolled-back'],
    ['unpack', 'failed'],
  ])('after a failure in the step %s is %s', async (step, outcome) => {
    const { hookEnds } = await ends({ [step]: 'Error: broken' });
    expect(hookEnds).toEqual([expect.stringMatching(new RegExp(`^deploy-failed ${outcome} .*exit code 1$`))]);
  });

  it('is failed when it could not be rolled back', async () => {
    const { hookEnds } = await ends({ health: 'Error: broken', 'roll-back': 'Error: no room' });
    expect(hookEnds).toEqual([expect.stringMatching(/^deploy-failed failed /)]);
  });

  it('is serving once the next command carries on with a release whose command was ended after the switch', async () => {
    const site = await ends({ drain: 'Error: broken' });
    site.hookEnds.length = 0;
    site.host.failing = {};
    await site.release('b');
    expect(site.hookEnds).toEqual(['post-deploy serving']);
    await site.release('b');
    expect(site.hookEnds).toEqual(['post-deploy serving']);
  });

  it('is none where the release served before, and the command only failed', async () => {
    const site = await ends({});
    site.hookEnds.length = 0;
    site.host.failing = { health: 'Error: broken' };
    await site.release('b').catch(() => undefined);
    expect(site.hookEnds).toEqual([]);
  });

  it('of a rollback is serving too when a step after its switch failed', async () => {
    const site = await ends({});
    const target = (await readRecords(site.store)).records.find(({ id }) => id === '2026-11-28.1');
    site.hookEnds.length = 0;
    site.host.failing = { prune: 'Error: broken' };
    await site.release('-', target ? { target } : {}).catch(() => undefined);
    expect(site.hookEnds).toEqual([expect.stringMatching(/^post-rollback serving prune: /)]);
  });
});

describe('a canary', () => {
  const request = { watchSeconds, canary: true };

  it('gives the release three shares, each watched, before it serves', async () => {
    const site = await served();
    site.host.ran.length = 0;
    await site.release('b', request);
    const ran = site.host.ran.filter((step) => /^(canary-|measure|switch)/.test(step));
    const shown = ran.filter((step, index) => step !== ran[index - 1]);
    expect(shown.slice(-8)).toEqual(['canary-5', 'measure', 'canary-25', 'measure', 'canary-50', 'measure', 'switch', 'measure']);
    expect(site.host.serving).toBe(digestOf('b'));
  });

  it('whose requests fail is rolled back with its share, and never serves', async () => {
    const site = await served();
    site.host.before = (comment) => {
      if (comment.startsWith('canary-25')) site.host.window = [40, 20, 80];
    };
    await expect(site.release('b', request)).rejects.toThrow(/failed in the step canary-25: 20 of \d+ requests failed/);
    expect([site.host.serving, site.host.ran.at(-1), site.host.ran.includes('canary-50')]).toEqual([digestOf('a'), 'roll-back', false]);
    expect(site.record('2026-11-28.2')).toMatchObject({ outcome: 'rolled-back', reason: expect.stringContaining('canary-25') });
  });

  it('is not there for the first release', async () => {
    const site = new Site();
    await site.release('a', request);
    expect(site.host.ran.filter((step) => step.startsWith('canary'))).toEqual([]);
  });
});

describe('a release that serves already', () => {
  it('and is not healthy for a moment is not rolled back by a command that changes nothing', async () => {
    const site = await served();
    await site.release('b');
    site.host.failing = { health: 'Error: MySQL is away' };
    await expect(site.release('b')).rejects.toThrow('failed in the step health');
    expect(site.host.serving).toBe(digestOf('b'));
    expect(site.host.ran).not.toContain('roll-back');
    expect(await site.records()).toEqual(['2026-11-28.1 superseded a', '2026-11-28.2 serving b']);
  });

  it('but whose last step failed is announced as serving', async () => {
    const site = await served();
    site.host.failing = { prune: 'Error: no room' };
    await site.release('b').catch(() => undefined);
    expect(site.notices.at(-1)).toMatch(/^prod: release 2026-11-28\.2 of api serves, but the step prune failed/);
    expect(await site.records()).toEqual(['2026-11-28.1 superseded a', '2026-11-28.2 serving b']);
  });

  it('is not rolled back to a release that does not work with the schema by now', async () => {
    const site = await served();
    site.host.before = (comment) => {
      if (!comment.startsWith('switch')) return;
      site.host.window = [100, 20, 80];
      site.host.applied = [...site.host.applied, '0200_drop_notes'];
    };
    await expect(site.release('b', { watchSeconds })).rejects.toThrow('20 of 100 requests failed');
    expect(site.host.serving).toBe(digestOf('b'));
    expect(site.record('2026-11-28.2')).toMatchObject({ outcome: 'failed', bad: true });
  });
});

describe('a command that is ended', () => {
  class Killed extends Error {}
  const steps = planOf({ context: new Site().context, request: { component: 'api', watchSeconds, canary: true } }).steps.map(
    ({ id }) => id,
  );
  // Those that talk to a host; the comment of the script says what they do there.
  const comments: Readonly<Record<string, string>> = { build: 'which', watch: 'measure api' };
  const borders = steps.filter((id) => !['upload', 'pre-hook', 'announce', 'record', 'announce-end', 'post-hook'].includes(id));

  /** Ends the command that releases a content before a step; the next one reaches everything. */
  async function killedBefore(site: Site, step: string, content: string): Promise<void> {
    let isOver = false;
    site.host.ran.length = 0;
    site.host.before = (comment) => {
      isOver ||=
        step === 'watch' ? comment === 'measure api' && site.host.ran.includes('switch') : comment.startsWith(comments[step] ?? step);
      if (!isOver) return;
      site.store.isReachable = false;
      throw new Killed();
    };
    await expect(site.release(content, { watchSeconds, canary: true })).rejects.toThrow(Killed);
    site.host.before = () => undefined;
    site.store.isReachable = true;
  }

  it.each(borders)('before the step %s is carried on by the next one', async (step) => {
    const site = await served();
    await killedBefore(site, step, 'b');
    expect([digestOf('a'), digestOf('b')]).toContain(site.host.serving);
    await site.release('b', { watchSeconds, canary: true });
    expect(site.host.serving).toBe(digestOf('b'));
    const serving = (await site.records()).filter((line) => line.includes('serving'));
    expect(serving).toEqual([expect.stringMatching(/^2026-11-28\.\d+ serving b$/)]);
  });

  it.each(borders)('before the step %s may be followed by a rollback: to what was good before', async (step) => {
    const site = await served();
    await site.release('b');
    await killedBefore(site, step, 'c');
    const hadSwitched = site.host.serving === digestOf('c');
    const { records } = await readRecords(site.store);
    const servingDigest = site.host.serving;
    const target = requireTarget(records, { component: 'api', named: undefined, approved: [], servingDigest });
    await site.release('-', { target });
    expect(site.host.serving).toBe(digestOf(hadSwitched ? 'b' : 'a'));
    const left = (await site.records()).find((line) => line.endsWith(hadSwitched ? ' c' : ' b'));
    expect(left).toContain('rolled-back');
  });
});

describe('a rollback', () => {
  const back = async (site: Site, id: string) => {
    const { records } = await readRecords(site.store);
    const target = records.find((record) => record.id === id);
    return site.release('-', target ? { target } : {});
  };

  it('lets the earlier release serve, and marks the one that it leaves', async () => {
    const site = await served();
    await site.release('b');
    site.host.ran.length = 0;
    await back(site, '2026-11-28.1');
    expect(site.host.serving).toBe(digestOf('a'));
    expect(await site.records()).toEqual(['2026-11-28.1 superseded a', '2026-11-28.2 rolled-back b', '2026-11-28.3 serving a']);
    expect(site.record('2026-11-28.3')).toMatchObject({ verb: 'rollback', leaves: '2026-11-28.2' });
    expect(site.host.ran).not.toContain('migrate');
    expect(site.host.ran).not.toContain('dump');
  });

  it('over a schema that it does not work with is refused before anything is changed', async () => {
    const site = await served();
    await site.release('b');
    site.host.applied = [...site.host.applied, '0200_drop_notes'];
    site.host.ran.length = 0;
    await expect(back(site, '2026-11-28.1')).rejects.toThrow('does not work with the schema of the database');
    expect(site.host.serving).toBe(digestOf('b'));
    expect(site.host.ran.filter((step) => ['unpack', 'start', 'switch'].includes(step))).toEqual([]);
  });

  it('that fails leaves what served, which is not bad', async () => {
    const site = await served();
    await site.release('b');
    site.host.failing = { health: 'Error: broken' };
    await expect(back(site, '2026-11-28.1')).rejects.toThrow('failed in the step health');
    expect(site.host.serving).toBe(digestOf('b'));
    expect(await site.records()).toEqual(['2026-11-28.1 superseded a', '2026-11-28.2 serving b', '2026-11-28.3 rolled-back a']);
  });
});
