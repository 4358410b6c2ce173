import { describe, expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import { chosenSteps, type Step, upSteps } from '../../../lib/deployment/up-plan.ts';

const prod = environmentOf(service, 'prod');
const steps = upSteps(prod, { hosts: true });
const ids = (list: readonly Step[]) => list.map(({ id }) => id);

/** Every step that must have succeeded before this one. */
function predecessorsOf(id: string): Set<string> {
  const direct = steps.find((step) => step.id === id)?.after ?? [];
  return new Set(direct.flatMap((each) => [each, ...predecessorsOf(each)]));
}

describe('the steps of up', () => {
  it('are found under the ids that they wait for, each listed before those that wait for it', () => {
    for (const [index, { id, after }] of steps.entries()) {
      expect(ids(steps.slice(0, index)), id).toEqual(expect.arrayContaining([...after]));
    }
    expect(new Set(ids(steps)).size).toBe(steps.length);
  });

  it('change nothing of the environment before the guard has looked', () => {
    const unguarded = steps.filter(({ id }) => id !== 'guard' && !predecessorsOf(id).has('guard'));
    expect(unguarded.map(({ action }) => action)).toEqual([
      { do: 'preflight', hosts: true },
      { do: 'bootstrap', cloud: 'aws' },
    ]);
  });

  it('make the addresses before anything that is given one', () => {
    for (const id of ['gcp-ai', 'aws-host', 'wire', 'join', 'provision', 'release'])
      expect(predecessorsOf(id), id).toContain('aws-addresses');
  });

  it('deploy both clouds at the same time, and wire when both are there', () => {
    expect(predecessorsOf('gcp-ai')).not.toContain('aws-host');
    expect(predecessorsOf('aws-host')).not.toContain('gcp-ai');
    expect([...predecessorsOf('wire')]).toEqual(expect.arrayContaining(['gcp-ai', 'aws-host']));
  });

  it('deploy each stack once, and GCP in the configured zones', () => {
    const deployed = steps.flatMap(({ action }) => (action.do === 'deploy' && action.cloud === 'aws' ? action.stacks : []));
    expect(deployed).toEqual(['dojang-prod-addresses', 'dojang-prod-network', 'dojang-prod-host']);
    expect(steps.find(({ id }) => id === 'gcp-ai')?.action).toEqual({ do: 'deploy', cloud: 'gcp', zones: prod.gcp.zones });
  });

  it('release after the machines are provisioned; without machines the clouds remain', () => {
    expect(predecessorsOf('release')).toContain('provision');
    expect(predecessorsOf('provision')).toContain('join');
    expect(ids(upSteps(prod, { hosts: false }))).toEqual(ids(steps).filter((id) => !['join', 'provision', 'release'].includes(id)));
  });
});

describe('the chosen steps', () => {
  it('are all when none is named', () => expect(chosenSteps(steps, [])).toEqual(steps));

  it('are those named, in the order of all, and always the guard', () => {
    expect(ids(chosenSteps(steps, ['wire', 'aws-account']))).toEqual(['aws-account', 'guard', 'wire']);
    expect(ids(chosenSteps(steps, ['guard']))).toEqual(['guard']);
  });

  it('wait for the guard, also where the steps between are left out', () => {
    for (const id of ['gcp-ai', 'aws-host', 'wire', 'provision', 'release']) {
      expect(chosenSteps(steps, [id]).find((step) => step.id === id)?.after, id).toEqual(['guard']);
    }
    expect(chosenSteps(steps, ['release', 'gcp-ai']).at(-1)).toMatchObject({ id: 'release', after: ['gcp-ai', 'guard'] });
  });
});
