/**
 * Accounts of MySQL: one for each purpose, from this machine alone, with the rights of that
 * purpose.
 */
import type { Environment } from '../../config/environment.ts';
import { heredoc, text } from '../bash/bash-template.ts';
import { type HostStep, step } from '../bash/step.ts';
import { secretValue } from '../services/secret-tool.ts';
import { database, mysqlSocket } from './mysql.ts';

interface Account {
  readonly name: 'api' | 'migrate' | 'backup';
  readonly purpose: string;
  /** On everything. */
  readonly global: readonly string[];
  /** On our database. */
  readonly own: readonly string[];
}

const rows = ['SELECT', 'INSERT', 'UPDATE', 'DELETE'];
const tables = ['CREATE', 'ALTER', 'DROP', 'INDEX', 'REFERENCES', 'CREATE VIEW', 'SHOW VIEW', 'CREATE TEMPORARY TABLES', 'LOCK TABLES'];

const accounts: readonly Account[] = [
  { name: 'api', purpose: 'reads and writes rows', global: [], own: rows },
  { name: 'migrate', purpose: 'alters tables', global: [], own: [...rows, ...tables] },
  {
    name: 'backup',
    purpose: 'reads everything for mysqldump and the binary log',
    global: ['PROCESS', 'RELOAD', 'REPLICATION CLIENT', 'REPLICATION SLAVE'],
    own: ['EVENT', 'LOCK TABLES', 'SELECT', 'SHOW VIEW', 'TRIGGER'],
  },
];

export function mysqlAccounts(environment: Environment): HostStep[] {
  return accounts.map((account) => accountStep(account, environment.names.parameters.trust.aws[`mysql-${account.name}`]));
}

/**
 * Passwords travel through pipes alone: never an argument, never in a log. An error of MySQL could
 * quote a statement, so only its number is printed.
 */
function accountStep({ name, purpose, global, own }: Account, parameter: string): HostStep {
  const user = `'${name}'@'localhost'`;
  return step({
    id: `mysql-${name}`,
    title: `Account ${name} of MySQL: ${purpose}`,
    definitions: [
      `wanted_rights_of_${name}() {\n${heredoc('sort', wantedRights(global, own))}\n}`,
      `rights_of_${name}() {\n${heredoc(`mysql --no-defaults -S ${mysqlSocket} -N`, actualRights(user, name))}\n}`,
      `login_of_${name}() {\n${heredoc('secret fill', `[client]\nuser=${name}\nsocket=${mysqlSocket}\npassword=${secretValue(parameter, 'cnf')}`)}\n}`,
      `remedies_of_${name}() {\n${heredoc(`mysql --no-defaults -S ${mysqlSocket} -N`, remedies(user, name))}\n}`,
      `account_of_${name}() {\n${heredoc('secret fill', statements(user, parameter, global, own))}\n}`,
    ].join('\n'),
    check: text`
      local login wanted actual
      [ -S ${mysqlSocket} ] || { echo "MySQL does not run"; return; }
      login=$(login_of_${name}) || return
      mysql --defaults-file=<(printf '%s\n' "$login") -e 'SELECT 1' >/dev/null 2>&1 || echo "account ${name} can't sign in"
      wanted=$(wanted_rights_of_${name})
      actual=$(rights_of_${name} | sort) || return
      comm -23 <(echo "$wanted") <(echo "$actual") | sed 's/^/account ${name} lacks /'
      comm -13 <(echo "$wanted") <(echo "$actual") | sed '/^$/d; s/^/account ${name} has, and should not, /'
    `,
    apply: text`
      local statements
      statements=$(account_of_${name})
      if ! printf '%s\n' "$statements" | mysql --no-defaults -S ${mysqlSocket} >"$work/mysql" 2>&1; then
        grep -o '^ERROR [0-9]*' "$work/mysql"
        return 1
      fi
      remedies_of_${name} | mysql --no-defaults -S ${mysqlSocket}
    `,
  });
}

function wantedRights(global: readonly string[], own: readonly string[]): string {
  return [...global.map((right) => `${right} on *.*`), ...own.map((right) => `${right} on ${database}.*`)].join('\n');
}

function actualRights(user: string, name: string): string {
  const of = (table: string, where: string) =>
    `SELECT CONCAT(privilege_type, ' on ', ${where}, IF(is_grantable = 'YES', ' with grant option', ''))
       FROM information_schema.${table} WHERE grantee = "${user}" AND privilege_type <> 'USAGE'`;
  return [
    of('user_privileges', `'*.*'`),
    of('schema_privileges', `table_schema, '.*'`),
    of('table_privileges', `table_schema, '.', table_name`),
    of('column_privileges', `table_schema, '.', table_name, '.', column_name`),
    `SELECT CONCAT('the role ', from_user) FROM mysql.role_edges WHERE to_user = '${name}'`,
    `SELECT CONCAT('a twin at ', host) FROM mysql.user WHERE user = '${name}' AND host <> 'localhost'`,
  ].join('\nUNION ALL\n');
}

/** Statements that take away what no REVOKE of privileges does. */
function remedies(user: string, name: string): string {
  return [
    `SELECT CONCAT('REVOKE ', QUOTE(from_user), '@', QUOTE(from_host), ' FROM ', "${user}", ';') FROM mysql.role_edges WHERE to_user = '${name}'`,
    `SELECT CONCAT('DROP USER ', QUOTE(user), '@', QUOTE(host), ';') FROM mysql.user WHERE user = '${name}' AND host <> 'localhost'`,
  ].join('\nUNION ALL\n');
}

function statements(user: string, parameter: string, global: readonly string[], own: readonly string[]): string {
  const password = secretValue(parameter, 'sql');
  return [
    `CREATE USER IF NOT EXISTS ${user} IDENTIFIED BY ${password};`,
    `ALTER USER ${user} IDENTIFIED BY ${password} ACCOUNT UNLOCK PASSWORD EXPIRE NEVER;`,
    `REVOKE ALL PRIVILEGES, GRANT OPTION FROM ${user};`,
    ...(global.length > 0 ? [`GRANT ${global.join(', ')} ON *.* TO ${user};`] : []),
    `GRANT ${own.join(', ')} ON ${database}.* TO ${user};`,
  ].join('\n');
}
