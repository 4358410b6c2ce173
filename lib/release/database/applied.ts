/** Which migrations the database has by now, by its own list. */
import { text } from '../../host/bash/bash-template.ts';
import { database, mysqlSocket } from '../../host/mysql/mysql.ts';

/** Reads alone. A database without the list has no migration yet. */
export const appliedScript = `${text`
  set -euo pipefail
  ask() { mysql --no-defaults --socket=${mysqlSocket} --user=root --skip-column-names --batch --execute "$1"; }
  if [ "$(ask "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = '${database}' AND table_name = 'schema_migrations'")" = 1 ]; then
    ask 'SELECT name FROM ${database}.schema_migrations ORDER BY name' | sed 's/^/applied\t/'
  fi
`}\n`;

/** Names, those that were applied in part among them. */
export function appliedFrom(stdout: string): readonly string[] {
  return stdout.split('\n').flatMap((line) => (line.startsWith('applied\t') ? [line.slice('applied\t'.length)] : []));
}
