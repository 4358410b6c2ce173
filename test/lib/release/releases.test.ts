/** Records of releases, and what follows from them. */
import { describe, expect, it } from 'vitest';
import { parseRecord, type ReleaseRecord, recordText } from '../../../lib/release/record.ts';
import { recordedAs } from '../../../lib/release/recorded.ts';
import { compareReleaseIds, releaseId } from '../../../lib/release/release-id.ts';
import { releaseRows } from '../../../lib/release/release-rows.ts';
import { currentRecords, rollbackTarget } from '../../../lib/release/releases.ts';
import { requireTarget } from '../../../lib/release/rollback-target.ts';

const digestOf = (letter: string) => letter.repeat(64);

function record(
  number: number,
  outcome: ReleaseRecord['outcome'],
  content = number.toString(16),
  more: Partial<ReleaseRecord> = {},
): ReleaseRecord {
  return {
    version: 1,
    id: `2026-11-28.${number}`,
    verb: 'deploy',
    component: 'api',
    digest: digestOf(content),
    commit: '1a2b3c4d5e6f',
    who: { owner: 'kim', host: 'laptop' },
    since: '2026-11-28T14:32:00.000Z',
    steps: [
      { id: 'start', state: 'done', seconds: 2.5 },
      { id: 'switch', state: 'done', seconds: 0.5 },
    ],
    outcome,
    downtimeSeconds: 0,
    ...more,
  };
}

describe('a record', () => {
  const full = record(1, 'serving', 'a', { dump: 'dumps/2026-11-28.1.sql.zst' });

  it.each([full, record(1, 'failed', 'b', { commit: undefined })])('is read as it was written: %#', (each) => {
    expect(parseRecord(recordText(each))).toEqual(JSON.parse(JSON.stringify(each)));
  });

  it.each([
    ['half written', recordText(full).slice(0, 80)],
    ['empty', ''],
    ['of a version to come', JSON.stringify({ ...full, version: 2 })],
    ['with a field that is not known', JSON.stringify({ ...full, more: 1 })],
    ['with an id of another form', JSON.stringify({ ...full, id: '../../etc' })],
    ['with a digest that is none', JSON.stringify({ ...full, digest: 'a' })],
    ['with too many steps', JSON.stringify({ ...full, steps: Array.from({ length: 65 }, () => full.steps[0]) })],
    ['with a text that is too long', JSON.stringify({ ...full, commit: 'a'.repeat(257) })],
    ['with a time below zero', JSON.stringify({ ...full, downtimeSeconds: -1 })],
  ])('%s is none', (_, content) => expect(parseRecord(content)).toBeUndefined());

  it('is not written when it could not be read', () => expect(() => recordText({ ...full, id: '3' })).toThrow());
});

describe('the id of a release', () => {
  it.each([
    [[], '2026-11-28.1'],
    [['2026-11-27.4'], '2026-11-28.1'],
    [['2026-11-28.1', '2026-11-28.3'], '2026-11-28.4'],
    [['2026-11-28.10', '2026-11-28.9'], '2026-11-28.11'],
  ])('after %j is %s', (ids, expected) =>
    expect(
      releaseId(
        '2026-11-28',
        ids.map((id) => ({ id })),
      ),
    ).toBe(expected),
  );

  it('orders by day, then by number', () => {
    const sorted = ['2026-11-28.10', '2026-11-28.9', '2026-12-01.1', '2025-12-31.99'].toSorted(compareReleaseIds);
    expect(sorted).toEqual(['2025-12-31.99', '2026-11-28.9', '2026-11-28.10', '2026-12-01.1']);
  });
});

describe('the target of a rollback', () => {
  it.each([
    ['none without an earlier one', [record(1, 'serving')], undefined],
    ['the one before', [record(1, 'superseded'), record(2, 'superseded'), record(3, 'serving')], 2],
    ['not a bad one', [record(1, 'superseded'), record(2, 'rolled-back'), record(3, 'failed'), record(4, 'serving')], 1],
    ['not the content that serves', [record(1, 'superseded', 'a'), record(2, 'superseded', 'b'), record(3, 'serving', 'b')], 1],
    [
      'not a content that turned out bad later',
      [record(1, 'superseded', 'a'), record(2, 'rolled-back', 'a'), record(3, 'serving', 'b')],
      undefined,
    ],
    ['the last good one when none serves', [record(1, 'superseded'), record(2, 'failed')], 1],
    [
      'a good content of which a later release failed by no fault of its own',
      [record(1, 'superseded', 'a'), record(2, 'serving', 'b'), record(3, 'failed', 'a')],
      1,
    ],
    [
      'a good content of which a later release was interrupted',
      [record(1, 'superseded', 'a'), record(2, 'serving', 'b'), record(3, 'interrupted', 'a')],
      1,
    ],
    [
      'no content that failed by its own fault',
      [record(1, 'superseded', 'a'), record(2, 'serving', 'b'), record(3, 'failed', 'a', { bad: true })],
      undefined,
    ],
    ['none of another component', [record(1, 'superseded', 'a', { component: 'ai' }), record(2, 'serving')], undefined],
  ])('is %s', (_, records, number) => {
    expect(rollbackTarget(records, 'api')?.id).toBe(number === undefined ? undefined : `2026-11-28.${number}`);
  });
});

it('are listed newest first, as people see them', () => {
  const rows = releaseRows([record(9, 'superseded'), record(10, 'serving', 'a', { dump: 'dumps/10' })]);
  expect(rows.map(({ id }) => id)).toEqual(['2026-11-28.10', '2026-11-28.9']);
  expect(rows[0]).toMatchObject({ commit: '1a2b3c4', digest: 'aaaaaaaaaaaa', who: 'kim on laptop', seconds: 3, dump: 'dumps/10' });
});

describe('records as of today', () => {
  const outcomes = (...records: ReleaseRecord[]) => currentRecords(records).map(({ outcome }) => outcome);

  it.each([
    ['the newest that serves, and those before it', [record(1, 'serving'), record(2, 'serving')], ['superseded', 'serving']],
    ['one that is running', [record(1, 'serving'), record(2, 'running')], ['serving', 'running']],
    [
      'one whose command was ended',
      [record(1, 'serving'), record(2, 'running'), record(3, 'running')],
      ['serving', 'interrupted', 'running'],
    ],
    ['a failed one after it', [record(1, 'serving'), record(2, 'failed')], ['serving', 'failed']],
    [
      'one that a rollback left',
      [record(1, 'serving'), record(2, 'serving'), record(3, 'serving', '1', { verb: 'rollback', leaves: '2026-11-28.2' })],
      ['superseded', 'rolled-back', 'serving'],
    ],
    [
      'one that a rollback did not leave, as it failed',
      [record(1, 'serving'), record(2, 'serving'), record(3, 'failed', '1', { verb: 'rollback', leaves: '2026-11-28.2' })],
      ['superseded', 'serving', 'failed'],
    ],
    ['another component', [record(1, 'serving', 'a', { component: 'ai' }), record(2, 'serving')], ['serving', 'serving']],
  ] as const)('know %s', (_, records, expected) => expect(outcomes(...records)).toEqual(expected));

  it('do not depend on the order in which they are read', () => {
    const records = [record(1, 'serving'), record(2, 'running'), record(10, 'serving')];
    const by = (some: readonly ReleaseRecord[]) => Object.fromEntries(currentRecords(some).map(({ id, outcome }) => [id, outcome]));
    expect(by(records.toReversed())).toEqual(by(records));
  });
});

describe('what is to be released', () => {
  const question = { component: 'api', digest: digestOf('b'), servingDigest: digestOf('b') } as const;

  it.each([
    ['is new when something else serves', [record(1, 'serving', 'b')], digestOf('a'), 'new', undefined],
    ['is new when nothing serves', [record(1, 'serving', 'b')], undefined, 'new', undefined],
    ['serves already', [record(1, 'superseded', 'a'), record(2, 'serving', 'b')], digestOf('b'), 'current', 2],
    [
      'serves, and its command was ended before its record',
      [record(1, 'serving', 'a'), record(2, 'running', 'b')],
      digestOf('b'),
      'unrecorded',
      2,
    ],
    ['serves from before there were records', [], digestOf('b'), 'unrecorded', undefined],
    ['serves, recorded as another', [record(1, 'serving', 'a')], digestOf('b'), 'unrecorded', undefined],
    ['serves, after one that was ended', [record(1, 'serving', 'b'), record(2, 'running', 'c')], digestOf('b'), 'current', 1],
  ] as const)('%s', (_, records, servingDigest, kind, number) => {
    const recorded = recordedAs(records, { ...question, servingDigest });
    expect(recorded.kind).toBe(kind);
    expect('record' in recorded ? recorded.record?.id : undefined).toBe(number && `2026-11-28.${number}`);
  });
});

describe('the release that a rollback needs', () => {
  const records = [
    record(1, 'superseded'),
    record(2, 'rolled-back', 'b', { reason: 'health: ended by itself' }),
    record(3, 'serving', 'c'),
  ];
  const of = (named?: string, approved: string[] = []) => requireTarget(records, { component: 'api', named, approved }).id;

  it('is the last good one, or the one that is named', () => {
    expect([of(), of('2026-11-28.1'), of('2026-11-28.3')]).toEqual(['2026-11-28.1', '2026-11-28.1', '2026-11-28.3']);
  });

  it('is a bad one only when it is approved by its id', () => {
    expect(() => of('2026-11-28.2')).toThrow('2026-11-28.2 of api is bad: health: ended by itself');
    expect(of('2026-11-28.2', ['2026-11-28.2'])).toBe('2026-11-28.2');
  });

  it('is not one of another component, or one that is not there', () => {
    expect(() => requireTarget(records, { component: 'web', named: '2026-11-28.1', approved: [] })).toThrow(
      'is a release of api, not of web',
    );
    expect(() => of('2026-11-28.9')).toThrow('there is no release "2026-11-28.9"');
    expect(() => requireTarget([records[2] as ReleaseRecord], { component: 'api', named: undefined, approved: [] })).toThrow(
      'no earlier good',
    );
  });

  it('is the one that serves where a rollback was ended before its end, and a release before that when it was not', () => {
    const back = record(4, 'serving', '1', { verb: 'rollback', leaves: '2026-11-28.3' });
    const before = record(0, 'superseded', 'e');
    const all = (ended?: string) => [
      { ...before, id: '2026-11-27.1' },
      ...records.slice(0, 2),
      { ...record(3, 'rolled-back', 'c') },
      { ...back, ended },
    ];
    const target = (ended?: string) => requireTarget(all(ended), { component: 'api', named: undefined, approved: [] }).id;
    expect(target()).toBe('2026-11-28.4');
    expect(target('2026-11-28T14:33:00.000Z')).toBe('2026-11-27.1');
    const begun = [
      ...records.slice(0, 2),
      record(3, 'serving', 'c'),
      record(4, 'running', '1', { verb: 'rollback', leaves: '2026-11-28.3' }),
    ];
    expect(requireTarget(begun, { component: 'api', named: undefined, approved: [] }).id).toBe('2026-11-28.4');
  });
});
