import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DumpManifest } from '../../../../lib/release/database/manifest.ts';
import { type ReleaseSchema, requireSchemaFit, schemaFit } from '../../../../lib/release/database/schema.ts';

const first: ReleaseSchema = { id: '2026-11-26.1', migrations: [{ name: '0001_people', expandOnly: true }] };
const adds: ReleaseSchema = { id: '2026-11-27.1', migrations: [...first.migrations, { name: '0002_notes', expandOnly: true }] };
const drops: ReleaseSchema = { id: '2026-11-28.1', migrations: [...adds.migrations, { name: '0003_drop_notes', expandOnly: false }] };
const releases = [drops, first, adds];
const names = ({ migrations }: ReleaseSchema) => migrations.map(({ name }) => name);

function dumpOf(at: string, release: ReleaseSchema): DumpManifest {
  const hash = 'f'.repeat(64);
  const server = { version: '8.0.44', uuid: '251aa5cd-eb52-11f1-8660-02fc00000001' };
  const tables = [{ name: 'people', rows: 0, checksum: hash, definition: hash }];
  const sizes = { rows: 0, dataBytes: 1, bytes: 1, seconds: 1 };
  const id = `${at.replaceAll(/[-:]/g, '')}-nightly`;
  const position = { file: 'binlog.000001', offset: 4 };
  return { version: 1, id, label: 'nightly', at, server, position, tables, migrations: names(release), sha256: hash, ...sizes };
}

describe('a release fits the schema', () => {
  it('that it has made itself, or that it brings forward', () => {
    expect(schemaFit(drops, { applied: names(drops), releases })).toEqual({ is: 'fits', pending: [] });
    expect(schemaFit(drops, { applied: names(first), releases })).toEqual({ is: 'fits', pending: ['0002_notes', '0003_drop_notes'] });
    expect(schemaFit(first, { applied: [], releases })).toEqual({ is: 'fits', pending: ['0001_people'] });
  });

  it('to which later ones have only added', () => {
    expect(schemaFit(first, { applied: names(adds), releases })).toEqual({ is: 'fits', pending: [] });
  });

  it('whatever the order in which its records are read', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(releases, { minLength: 3 }), (shuffled) => {
        expect(schemaFit(adds, { applied: names(drops), releases: shuffled })).toEqual({
          is: 'incompatible',
          because: [{ migration: '0003_drop_notes', release: drops.id }],
        });
      }),
    );
  });
});

describe('a rollback is refused', () => {
  const refused = (applied: readonly string[], dumps: readonly DumpManifest[] = []) =>
    expect(() => requireSchemaFit(adds, { applied, releases }, dumps));

  it('where a later one took away, with both ways out', () => {
    const [older, newer] = [dumpOf('2026-11-27T17:00:00Z', adds), dumpOf('2026-11-28T02:00:00Z', adds)];
    refused(names(drops), [older, newer, dumpOf('2026-11-28T17:00:00Z', drops)]).toThrow(
      expect.objectContaining({
        code: 'schema-incompatible',
        message: `release ${adds.id} does not work with the schema of the database`,
        why: expect.stringContaining(`migration 0003_drop_notes of release ${drops.id}`),
        next: expect.stringMatching(
          new RegExp(`^dojang deploy api with a migration .* or dojang restore ${newer.id} --approve ${newer.id}, `),
        ),
      }),
    );
  });

  it('where it was applied in part, or no record names it', () => {
    refused([...names(adds), '0003_drop_notes']).toThrow(/does not work with the schema/);
    refused([...names(adds), '0009_by_hand']).toThrow(
      expect.objectContaining({ why: expect.stringContaining('of a release that has no record') }),
    );
    refused([...names(adds), '0009_by_hand']).toThrow(expect.objectContaining({ next: expect.stringContaining('no dump in the bucket') }));
  });

  it('nowhere else', () => {
    expect(() => requireSchemaFit(adds, { applied: names(adds), releases }, [])).not.toThrow();
  });
});
