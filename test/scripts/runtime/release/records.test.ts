/** Records of releases, read and begun. */
import { describe, expect, it } from 'vitest';
import type { ReleaseRecord } from '../../../../lib/release/record.ts';
import { beginRecord, readRecords } from '../../../../scripts/runtime/release/records.ts';
import { MemoryRecords } from './memory-records.ts';

const draft: Omit<ReleaseRecord, 'id'> = {
  ...{ version: 1, verb: 'deploy', component: 'web', digest: 'a'.repeat(64), who: { owner: 'kim', host: 'laptop' } },
  ...{ since: '2026-11-28T14:32:00.000Z', steps: [], outcome: 'running', downtimeSeconds: 0 },
};
const record = (id: string, more: Partial<ReleaseRecord> = {}): ReleaseRecord => ({ ...draft, id, ...more });

describe('a record that begins', () => {
  it('has the next number of the day', async () => {
    const store = new MemoryRecords(record('2026-11-27.4'), record('2026-11-28.1'));
    expect((await beginRecord(store, '2026-11-28', draft)).id).toBe('2026-11-28.2');
  });

  it('has the number after one that another command took meanwhile', async () => {
    const store = new MemoryRecords();
    store.beforeCreate = () => store.texts.set('2026-11-28.1', 'theirs');
    expect((await beginRecord(store, '2026-11-28', draft)).id).toBe('2026-11-28.2');
    expect(store.texts.get('2026-11-28.1')).toBe('theirs');
  });

  it('comes after those of a clock that is ahead of ours', async () => {
    const store = new MemoryRecords(record('2026-11-29.2'));
    expect((await beginRecord(store, '2026-11-28', draft)).id).toBe('2026-11-29.3');
  });
});

describe('records that are read', () => {
  it('are those of today', async () => {
    const serving = { outcome: 'serving' } as const;
    const { records } = await readRecords(new MemoryRecords(record('2026-11-28.2', serving), record('2026-11-28.1', serving)));
    expect(records.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual(['2026-11-28.1 superseded', '2026-11-28.2 serving']);
  });

  it('of a component are there however many another has had since', async () => {
    const many = Array.from({ length: 250 }, (_, index) => record(`2026-11-28.${index + 2}`));
    const { records } = await readRecords(new MemoryRecords(record('2026-11-28.1', { component: 'ai' }), ...many));
    expect(records.some(({ component }) => component === 'ai')).toBe(true);
  });

  it('are the last thousand at the most', async () => {
    const store = new MemoryRecords(...Array.from({ length: 1020 }, (_, index) => record(`2026-11-28.${index + 1}`)));
    const { records } = await readRecords(store);
    expect([records.length, records[0]?.id, records.at(-1)?.id]).toEqual([1000, '2026-11-28.21', '2026-11-28.1020']);
  });

  it('name those that are cut off, and leave out what is no record', async () => {
    const store = new MemoryRecords(record('2026-11-28.1'));
    store.texts.set('2026-11-28.2', '{"version": 1, "id": "2026-');
    store.texts.set('notes', 'written by hand');
    const { records, unreadable } = await readRecords(store);
    expect([records.length, unreadable]).toEqual([1, ['2026-11-28.2']]);
  });
});
