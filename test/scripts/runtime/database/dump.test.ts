import { expect, it } from 'vitest';
import type { HostShell } from '../../../../lib/ports/host-shell.ts';
import { dumpDatabase, dumpedText } from '../../../../scripts/runtime/database/dump.ts';
import { local } from '../../../lib/host/recipes.ts';

it('runs the tool on the host of the database, under the id of the release', async () => {
  const runs: unknown[] = [];
  const shell: Pick<HostShell, 'run'> = {
    run: async (host, script, { comment, limitSeconds }) => {
      runs.push({ host, script, comment, limitSeconds });
      return { code: 0, stdout: 'dump\t20261128T120000Z-2026-11-28.3\t38000000\t4.1\t12\t48112\n', stderr: '' };
    },
  };
  const request = { releaseId: '2026-11-28.3' };
  const dumped = await dumpDatabase({ environment: local }, { whenReady: async () => {}, ...shell }, request, () => {});
  expect(runs).toEqual([
    { host: 'aws', script: 'exec /usr/local/lib/dojang/dump 2026-11-28.3\n', comment: 'dump local 2026-11-28.3', limitSeconds: 300 },
  ]);
  expect(dumped).toMatchObject({ id: '20261128T120000Z-2026-11-28.3', key: 'dumps/20261128T120000Z-2026-11-28.3.sql.gz' });
  expect(dumpedText(dumped)).toBe('38.0 MB in 4.1 s, restored and compared: 12 tables, 48112 rows');
});
