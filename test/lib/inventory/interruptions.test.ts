import { describe, expect, it } from 'vitest';
import service from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import { renderChange } from '../../../lib/inventory/plan-report.ts';
import type { ResourceChange } from '../../../lib/inventory/resource.ts';
import { up } from '../../../scripts/commands/up/up.ts';
import { checked } from '../../scripts/checked.ts';
import { MemoryClouds } from '../../scripts/memory-clouds.ts';

const environment = environmentOf(service, 'prod');

function change(id: string, type: string, effect: ResourceChange['effect'], ...changed: string[]): ResourceChange {
  return { cloud: type.startsWith('AWS') ? 'aws' : 'gcp', stack: 's', id, type, effect, changed };
}

const host = (effect: ResourceChange['effect'], ...changed: string[]) => change('Host', 'AWS::EC2::Instance', effect, ...changed);

/**
 * What `up` prints of its guard when the clouds would make these changes: its row, and the notes
 * below.
 */
async function guarded(changes: readonly ResourceChange[], approve: readonly string[] = []): Promise<string[]> {
  const memory = new MemoryClouds(environment);
  memory.deployRules();
  const rows: string[] = [];
  const { report } = memory.context();
  const context = {
    ...memory.context({ approve }),
    report: {
      ...report,
      async task<T>(name: string, work: (progress: () => void) => Promise<T>, done?: (result: T) => unknown) {
        const result = await work(() => undefined);
        if (name === 'guard') rows.push(String(done?.(result)));
        return result;
      },
    },
  };
  const both = memory.clouds();
  const clouds = {
    ...both,
    aws: { ...both.aws, changes: async () => changes.filter(({ cloud }) => cloud === 'aws'), subscriptions: async () => [] },
    gcp: { ...both.gcp, changes: async () => changes.filter(({ cloud }) => cloud === 'gcp') },
    hosts: { reason: '', next: '' },
  };
  checked(await up(context, async () => clouds, { only: ['guard'], cloudsOnly: true }));
  return [...rows, ...memory.notes];
}

describe('the guard of up', () => {
  it('names what an approval replaces, and what that means', async () => {
    const disk = change('ai-data', 'gcp:compute/disk:Disk', 'replace', 'zone');
    expect(await guarded([change('Alarm', 'AWS::CloudWatch::Alarm', 'update', 'Threshold'), disk], ['ai-data'])).toEqual([
      '2 to change, by approval: ai-data replaced',
      'ai-data is replaced, as approved: what is stored on it would be gone or left behind',
    ]);
  });

  it('says that a data volume begins empty when it takes the place of one from a snapshot', async () => {
    const volume = (id: string, effect: ResourceChange['effect']) => change(id, 'AWS::EC2::Volume', effect);
    const former = volume('DataVolumeSnap0123456789abcdef0', 'delete');
    expect(await guarded([volume('DataVolume', 'create'), former], [former.id])).toContain(
      'DataVolume is new and empty: aws.dataSnapshot names no snapshot that it is made from',
    );
    expect((await guarded([volume('DataVolume', 'create')])).filter((note) => note.includes('empty'))).toEqual([]);
  });

  it.each([
    [host('update', 'InstanceType'), 'Host restarts: the service is down for some minutes'],
    [host('update', 'Tags', 'UserData'), 'Host restarts: the service is down for some minutes'],
    [
      change('ai-machine', 'gcp:compute/instance:Instance', 'update', 'machineType'),
      'ai-machine restarts: the AI server is down for some minutes',
    ],
  ])('names a machine that restarts: %o', async (restarting, note) => {
    expect(await guarded([restarting])).toEqual(['1 to change, nothing lost', note]);
    expect(renderChange(restarting)).toMatch(/ holds the service, which restarts$/);
  });

  it('names no machine that stays up', async () => {
    for (const staying of [
      host('update', 'Tags'),

      change('ai-machine', 'gcp:compute/instance:Instance', 'update', 'labels'),
    ])
      expect(await guarded([staying])).toEqual(['1 to change, nothing lost']);
  });
});
