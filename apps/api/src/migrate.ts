/**
 * Applies pending migrations: `migrate.js`; with `--check` it only reports the state of each.
 * Prints a line of JSON for each migration.
 */
import { createConnection } from 'mysql2/promise';
import { migrate, migrationStates } from './db/migrate.ts';
import { migrationsFolder, readMigrations } from './db/migrations.ts';
import { connectionOptions } from './db/pool.ts';
import { mysqlSettingsOf } from './settings.ts';

const print = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

async function run(check: boolean): Promise<void> {
  const migrations = readMigrations(migrationsFolder(import.meta.url));
  const db = await createConnection(connectionOptions(mysqlSettingsOf(process.env)));
  try {
    if (check) for (const state of await migrationStates(db, migrations)) print(state);
    else
      await migrate(db, migrations, { clock: () => new Date(), waitSeconds: 60, onApplied: (name) => print({ name, state: 'applied' }) });
  } finally {
    await db.end();
  }
}

run(process.argv.includes('--check')).catch((error: Error) => {
  print({ state: 'failed', message: error.message });
  process.exitCode = 1;
});
