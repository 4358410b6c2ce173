import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BinaryLog, type DumpManifest, parseLogKey, parseManifest } from '../../../../lib/release/database/manifest.ts';
import { planRestore } from '../../../../lib/release/database/plan.ts';

const server = '251aa5cd-eb52-11f1-8660-02fc00000001';
const other = '00000000-eb52-11f1-8660-02fc00000002';
const hash = 'f'.repeat(64);

const table = { name: 'people', rows: 0, checksum: hash, definition: hash };

function dump(at: string, label: string, file: number, uuid = server): DumpManifest {
  const id = `${at.replaceAll(/[-:]/g, '')}-${label}`;
  const position = { file: `binlog.${`${file}`.padStart(6, '0')}`, offset: 157 };
  const sizes = { rows: 0, dataBytes: 10, bytes: 5, seconds: 1 };
  return {
    version: 1,
    id,
    label,
    at,
    server: { version: '8.0.44', uuid },
    position,
    tables: [table],
    migrations: [],
    sha256: hash,
    ...sizes,
  };
}

/** One file for each minute from noon. */
function log(number: number, uuid = server): BinaryLog {
  const minute = (of: number) => `20261128T12${`${of}`.padStart(2, '0')}`;
  const found = parseLogKey(`binlogs/${uuid}/${`${number}`.padStart(6, '0')}-${minute(number)}00Z-${minute(number)}59Z-1000-${hash}.gz`);
  if (!found) throw new Error(`no key for ${number}`);
  return found;
}

const dumps = [
  dump('2026-11-28T12:02:30Z', 'nightly', 2),
  dump('2026-11-28T12:06:00Z', '2026-11-28.1', 6),
  dump('2026-11-28T12:04:00Z', '2026-11-28.1', 4),
];
const logs = [1, 2, 3, 4, 5, 6, 7].map((number) => log(number));
const stored = { dumps, logs };
const at = (time: string) => new Date(`2026-11-28T${time}Z`);
const files = (request: Parameters<typeof planRestore>[1], from = stored) => planRestore(from, request).logs.map(({ file }) => file);

describe('which dump', () => {
  it('is the newest, by its id, or the newest with a label', () => {
    expect(planRestore(stored, {}).dump).toBe(dumps[1]);
    expect(planRestore(stored, { dump: '20261128T120230Z-nightly' }).dump).toBe(dumps[0]);
    expect(planRestore(stored, { dump: '2026-11-28.1' }).dump).toBe(dumps[1]);
    expect(planRestore(stored, { dump: '2026-11-28.1', to: at('12:05:00') }).dump).toBe(dumps[2]);
  });

  it('is the newest that is not later than the time', () => {
    expect(planRestore(stored, { to: at('12:06:00') }).dump).toBe(dumps[1]);
    expect(planRestore(stored, { to: at('12:05:59') }).dump).toBe(dumps[2]);
  });

  it('is none from before the first one, and none that is not there', () => {
    expect(() => planRestore(stored, { to: at('12:00:00') })).toThrow(/^no dump from before 2026-11-28T12:00:00/);
    expect(() => planRestore(stored, { dump: '2026-11-27.1' })).toThrow(/^no dump 2026-11-27.1 is in the bucket/);
  });

  it('is none from before a restore, for a time after it', () => {
    const later = { dumps: [...dumps, dump('2026-11-28T12:06:30Z', 'restored', 6)], logs };
    expect(() => planRestore(later, { dump: 'nightly', to: at('12:07:00') })).toThrow(/can not be brought to/);
    expect(planRestore(later, { dump: 'nightly', to: at('12:06:29') }).dump).toBe(dumps[0]);
    expect(planRestore(later, { to: at('12:07:00') }).dump.label).toBe('restored');
  });

  it('is none from before a restore, for a time between it and its own dump, which is made afterwards', () => {
    const restored = { ...dump('2026-11-28T12:06:30Z', 'restored', 6), since: '2026-11-28T12:06:20Z' };
    const later = { dumps: [...dumps, dump('2026-11-28T12:06:20Z', 'before-restore', 6), restored], logs };
    for (const each of ['nightly', 'before-restore']) {
      expect(() => planRestore(later, { dump: each, to: at('12:06:25') })).toThrow(/can not be brought to/);
    }
    expect(planRestore(later, { dump: 'nightly', to: at('12:06:20') }).dump).toBe(dumps[0]);
    expect(planRestore(later, { to: at('12:07:00') }).dump).toBe(restored);
  });

  it('is none without tables, as a new server makes it before its first release, unless it is named', () => {
    const empty = { ...dump('2026-11-28T12:07:00Z', '2026-11-28.2', 1, other), tables: [] };
    const later = { dumps: [...dumps, empty], logs };
    expect(planRestore(later, {}).dump).toBe(dumps[1]);
    expect(planRestore(later, { dump: empty.id }).dump).toBe(empty);
  });
});

describe('which binary logs', () => {
  it('are those from the position of the dump to the time, in order', () => {
    const shuffled = { dumps, logs: [...logs].reverse() };
    expect(files({ dump: 'nightly', to: at('12:04:30') }, shuffled)).toEqual(['binlog.000002', 'binlog.000003', 'binlog.000004']);
    expect(files({ dump: 'nightly' })).toEqual([]);
  });

  it('are those of the server that the dump is of', () => {
    const two = { dumps, logs: [...logs, ...[2, 3, 4].map((number) => log(number, other))] };
    expect(planRestore(two, { dump: 'nightly', to: at('12:03:30') }).logs.map(({ key }) => key)).toEqual([log(2).key, log(3).key]);
  });

  it('say where they end before the time', () => {
    expect(planRestore(stored, { to: at('12:30:00') })).toMatchObject({ to: '2026-11-28 12:30:00', ends: '2026-11-28T12:07:59.000Z' });
    expect(planRestore(stored, { to: at('12:07:00') }).ends).toBeNull();
    expect(planRestore({ dumps, logs: [] }, { to: at('12:07:00') })).toMatchObject({ logs: [], ends: '2026-11-28T12:06:00.000Z' });
  });

  it('have no gap up to the time, whichever is missing', () => {
    const minutes = fc.integer({ min: 3, max: 6 });
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 6 }), minutes, (gone, minute) => {
        const without = { dumps, logs: logs.filter(({ number }) => number !== gone) };
        const plan = () => files({ dump: 'nightly', to: at(`12:0${minute}:30`) }, without);
        if (gone <= minute) expect(plan).toThrow(new RegExp(`^binary log ${gone} of server ${server} is not in the bucket`));
        else expect(plan().at(-1)).toBe(`binlog.00000${minute}`);
      }),
    );
  });
});

describe('what is stored', () => {
  it('is no dump when its manifest is damaged or of a version to come', () => {
    const [first] = dumps;
    const text = JSON.stringify(first);
    expect(parseManifest(text)).toEqual(first);
    expect(parseManifest(text.slice(0, -1))).toBeUndefined();
    expect(parseManifest(text.replace('"version":1', '"version":2'))).toBeUndefined();
    expect(parseManifest(text.replace(hash, 'f'))).toBeUndefined();
  });

  it('is no binary log under any other key', () => {
    expect(log(7)).toMatchObject({ server, number: 7, bytes: 1000, from: at('12:07:00'), until: at('12:07:59') });
    expect(parseLogKey(`dumps/${dumps[0]?.id}.json`)).toBeUndefined();
    expect(parseLogKey(log(7).key.replace('.gz', ''))).toBeUndefined();
  });
});
