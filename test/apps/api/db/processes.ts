/** Migrations in processes of their own, which can be killed. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { MysqlSettings } from '../../../../apps/api/src/settings.ts';
import { root } from '../../../../scripts/io/state.ts';
import { mysqlEnvironment } from '../mysql.ts';

const env = (settings: MysqlSettings) => ({ ...process.env, ...mysqlEnvironment(settings) });

/** A process of its own that applies the migrations of this folder. */
export function migrateElsewhere(settings: MysqlSettings, folder: string): ChildProcess {
  const source = (file: string) => JSON.stringify(pathToFileURL(join(root, 'apps/api/src', file)).href);
  const code = `
    import { createRequire } from 'node:module';
    const { createConnection } = createRequire(${source('migrate.ts')})('mysql2/promise');
    const { migrate } = await import(${source('db/migrate.ts')});
    const { readMigrations } = await import(${source('db/migrations.ts')});
    const { connectionOptions } = await import(${source('db/pool.ts')});
    const { mysqlSettingsOf } = await import(${source('settings.ts')});
    const db = await createConnection(connectionOptions(mysqlSettingsOf(process.env)));
    await migrate(db, readMigrations(${JSON.stringify(folder)}), { clock: () => new Date(), waitSeconds: 30, onApplied: () => {} });
    await db.end();`;
  return spawn(process.execPath, ['--input-type=module', '-e', code], { env: env(settings), stdio: ['ignore', 'inherit', 'inherit'] });
}

/** `migrate.js` itself, with the migrations of this project. */
export async function migrateScript(
  settings: MysqlSettings,
  ...args: string[]
): Promise<{ code: number | null; lines: Record<string, unknown>[] }> {
  const child = spawn(process.execPath, [join(root, 'apps/api/src/migrate.ts'), ...args], {
    env: env(settings),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  child.stdout.on('data', (data) => {
    text += data;
  });
  const [code] = await once(child, 'close');
  const lines = text
    .trim()
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { code, lines };
}
