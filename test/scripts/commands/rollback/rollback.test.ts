/** `dojang rollback` and `dojang releases`, on a host that answers as the real one. */
import { describe, expect, it } from 'vitest';
import { releases } from '../../../../scripts/commands/releases/releases.ts';
import { rollback } from '../../../../scripts/commands/rollback/rollback.ts';
import { checked } from '../../checked.ts';
import { digestOf, type Site, served } from '../../runtime/release/site.ts';

const to = async (site: Site, release?: string, more: { dryRun?: boolean; approve?: string[] } = {}) =>
  checked(await rollback(site.clouds.context(more), async () => site.ports('-'), { component: 'api', release, watchSeconds: 0 }));

/** Releases a, b and c were served in turn. */
async function three(): Promise<Site> {
  const site = await served();
  await site.release('b');
  await site.release('c');
  return site;
}

describe('rollback', () => {
  it('goes back to the last good release', async () => {
    const site = await three();
    const { lines } = await to(site);
    expect(site.host.serving).toBe(digestOf('b'));
    expect(lines).toEqual(['api 2026-11-28.4: 0 s, 0 s down (the manual: 12 min, 3-5 min down)']);
  });

  it('and once more, a release further', async () => {
    const site = await three();
    await to(site);
    await to(site);
    expect(site.host.serving).toBe(digestOf('a'));
  });

  it('goes to the release that is named', async () => {
    const site = await three();
    await to(site, '2026-11-28.1');
    expect(site.host.serving).toBe(digestOf('a'));
  });

  it('skips a bad one, and refuses it by name until it is approved', async () => {
    const site = await three();
    await to(site);
    await expect(to(site, '2026-11-28.3')).rejects.toThrow('2026-11-28.3 of api is bad: rolled back by 2026-11-28.4');
    await to(site, '2026-11-28.3', { approve: ['2026-11-28.3'] });
    expect(site.host.serving).toBe(digestOf('c'));
  });

  it('with --dry-run says from where to where, and changes nothing', async () => {
    const site = await three();
    const { lines = [] } = await to(site, undefined, { dryRun: true });
    expect(lines[0]).toBe('api from 2026-11-28.3 back to 2026-11-28.2');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(site.host.serving).toBe(digestOf('c'));
  });

  it.each([
    ['nothing', 'no application nothing'],
    ['web', 'there is no earlier good release of web to roll back to'],
  ])('of %s is refused', async (component, message) => {
    const site = await three();
    const open = async () => site.ports('-');
    await expect(rollback(site.context, open, { component, watchSeconds: 0 })).rejects.toThrow(message);
  });

  it('of all leaves those without an earlier release', async () => {
    const site = await three();
    await rollback(site.context, async () => site.ports('-'), { component: 'all', watchSeconds: 0 });
    expect(site.host.serving).toBe(digestOf('b'));
  });
});

describe('releases', () => {
  it('lists them newest first, within a terminal', async () => {
    const site = await three();
    await to(site);
    const { lines = [], data } = checked(await releases(site.context, site.ports('-') as never, undefined));
    expect(data.releases.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      ...['2026-11-28.4 serving', '2026-11-28.3 rolled-back', '2026-11-28.2 superseded', '2026-11-28.1 superseded'],
    ]);
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
    expect(lines[0]).toMatch(/^2026-11-28\.4 +api +serving +2026-11-28 14:32 UTC +0 s, 0 s down$/);
  });

  it('are those of one application, and name records that cannot be read', async () => {
    const site = await three();
    site.store.texts.set('2026-11-28.9', '{');
    const of = async (app?: string) => checked(await releases(site.context, site.ports('-') as never, app));
    expect((await of('web')).lines).toEqual(['no release of prod is recorded', '', '1 record cannot be read: 2026-11-28.9']);
    await expect(of('nothing')).rejects.toThrow('no application nothing');
  });
});
