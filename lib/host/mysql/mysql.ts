/**
 * MySQL: on the data volume, on loopback, with what a recovery to any second of the last weeks
 * needs.
 */
import type { Environment } from '../../config/environment.ts';
import type { Size } from '../../values/size.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import { type HostHandler, type HostStep, step } from '../bash/step.ts';
import { mysqlSandbox } from '../packages/package-sandbox.ts';
import { paths, ports } from '../paths.ts';

const data = `${paths.data}/mysql`;
export const mysqlSocket = '/run/mysqld/mysqld.sock';
export const database = 'dojang';

export const restartMysql: HostHandler = {
  id: 'mysql-restart',
  title: 'Restart MySQL after its settings changed',
  run: 'restart_if_older mysql-restart mysql.service',
  limitSeconds: 300,
};

/**
 * The data directory lies on the volume and is bound to the place where packages and AppArmor
 * expect it. Data that is there is taken as it is, whatever machine it comes from; only when there
 * is none, what an installation has made on the root disk moves there, under a name of its own: the
 * binary logs in the bucket are of the server that it replaces. Where the volume was lost after the
 * installation there is nothing on the root disk either, and the directory is made anew as the
 * package makes it: root alone signs in, by the socket.
 */
export function mysqlData(): HostStep {
  const mount = text`
    [Unit]
    Description=Data of MySQL

    [Mount]
    What=${data}
    Where=/var/lib/mysql
    Type=none
    Options=bind,nofail

    [Install]
    WantedBy=local-fs.target
  `;
  return filesStep({
    id: 'mysql-data',
    title: 'Data of MySQL on the data volume',
    files: [{ path: '/etc/systemd/system/var-lib-mysql.mount', content: mount }],
    definitions: text`
      initialise_mysql() {
        local statements
        systemctl stop mysql.service 2>/dev/null || true
        # AppArmor lets mysqld read this folder.
        install -d -o mysql -g mysql -m 700 /var/lib/mysql-files
        statements=$(mktemp -p /var/lib/mysql-files)
        printf '%s\n' "INSTALL PLUGIN auth_socket SONAME 'auth_socket.so';" "ALTER USER 'root'@'localhost' IDENTIFIED WITH auth_socket;" >"$statements"
        chown mysql:mysql "$statements"
        if ! mysqld --no-defaults --user=mysql --datadir=/var/lib/mysql --initialize-insecure --init-file="$statements"; then
          rm -f "$statements"
          return 1
        fi
        rm -f "$statements"
      }
    `,
    check: text`
      systemctl is-enabled -q var-lib-mysql.mount 2>/dev/null || echo "var-lib-mysql.mount is not enabled"
      mountpoint -q /var/lib/mysql || echo "/var/lib/mysql is not on the data volume"
      [ ! -x /usr/sbin/mysqld ] || [ -n "$(ls -A ${data} 2>/dev/null)" ] || echo "${data} is empty"
      [ "$(stat -c %U:%G ${data} 2>/dev/null)" = mysql:mysql ] || echo "${data} does not belong to mysql"
    `,
    apply: text`
      mountpoint -q ${paths.data}
      mkdir -p /var/lib/mysql
      if ! mountpoint -q /var/lib/mysql; then
        systemctl stop mysql.service 2>/dev/null || true
        if [ ! -d ${data} ]; then
          rm -rf ${data}.new
          cp -a /var/lib/mysql ${data}.new
          rm -f ${data}.new/auto.cnf
          sync -f ${data}.new
          mv -T ${data}.new ${data}
        fi
        systemctl daemon-reload
        systemctl start var-lib-mysql.mount
      fi
      systemctl enable -q var-lib-mysql.mount
      chmod 700 ${data}
      [ "$(stat -c %U:%G ${data})" = mysql:mysql ] || chown -R mysql:mysql ${data}
      # What is not empty is never touched, whatever is missing in it.
      if [ -x /usr/sbin/mysqld ] && [ -z "$(ls -A ${data})" ]; then initialise_mysql; fi
    `,
    limitSeconds: 600,
  });
}

interface Embedded {
  readonly embedded: boolean;
}

/** Written before the package is installed, so that MySQL never runs with other settings. */
export function mysqlSettings({ host }: Environment, { embedded }: Embedded): HostStep {
  return filesStep({
    id: 'mysql-settings',
    title: `Settings of MySQL: buffer pool of ${host.bufferPool}`,
    files: [
      { path: '/etc/mysql/mysql.conf.d/zz-dojang.cnf', content: settings(host.bufferPool, { embedded }) },
      {
        path: '/etc/systemd/system/mysql.service.d/dojang.conf',
        // Without its volume it would begin an empty database; under pressure of memory something
        // else goes first. The package's unit gives up after five failed starts within ten seconds.
        content: text`
          [Unit]
          RequiresMountsFor=/var/lib/mysql
          StartLimitIntervalSec=0

          [Service]
          Restart=on-failure
          RestartSec=2
          OOMScoreAdjust=-600
          LimitNOFILE=65536
          ${mysqlSandbox}
        `,
      },
    ],
    check: text`
      [ ! -e /etc/mysql/FROZEN ] || echo "MySQL is frozen by its package: /etc/mysql/FROZEN says why"
    `,
    notifies: [restartMysql.id],
  });
}

/** Valid for 8.0 as for 9: nothing that either of them has given up. */
function settings(bufferPool: Size, { embedded }: Embedded): string {
  return text`
    [mysqld]
    bind-address = 127.0.0.1
    port = ${ports.mysql}
    mysqlx = OFF
    local_infile = OFF
    character_set_server = utf8mb4
    collation_server = utf8mb4_0900_ai_ci
    default_time_zone = '+00:00'

    max_connections = 150
    max_allowed_packet = 64M
    innodb_buffer_pool_size = ${bufferPool.mib}M
    innodb_redo_log_capacity = ${redoLog(bufferPool)}M
    # Embedded hosts share one machine's few slots for asynchronous input and output.
    innodb_use_native_aio = ${embedded ? 'OFF' : 'ON'}
    innodb_flush_method = O_DIRECT

    # An acknowledged transaction is on the disk, and in the binary log, from which a dump is
    # brought to any later second.
    innodb_flush_log_at_trx_commit = 1
    sync_binlog = 1
    server_id = 1
    log_bin = binlog
    # Removed by the tool that ships them, never before they are shipped.
    binlog_expire_logs_auto_purge = OFF
    max_binlog_size = 100M

    slow_query_log = ON
    slow_query_log_file = /var/log/mysql/slow.log
    long_query_time = 0.5
    log_slow_extra = ON
  `;
}

/** MiB: a quarter of the pool, within what is of use. */
function redoLog({ mib }: Size): number {
  return Math.min(512, Math.max(100, Math.round(mib / 4)));
}

export function mysqlServer(): HostStep {
  return step({
    id: 'mysql',
    title: 'MySQL runs',
    check: text`
      local persisted
      unit_differs mysql.service
      if ! persisted=$(mysql --no-defaults -S ${mysqlSocket} -N -e 'SELECT variable_name FROM performance_schema.persisted_variables' 2>/dev/null); then
        echo "MySQL does not answer on ${mysqlSocket}"
      elif [ -n "$persisted" ]; then
        echo "settings made by SET PERSIST stand above the files: \${persisted//$'\n'/ }"
      fi
    `,
    apply: text`
      mysqld --validate-config --log-error-verbosity=2
      start_unit mysql.service
      timeout 60 bash -c 'until mysqladmin --no-defaults -S ${mysqlSocket} ping; do sleep 0.5; done'
      mysql --no-defaults -S ${mysqlSocket} -e 'RESET PERSIST'
    `,
    notifies: [restartMysql.id],
    limitSeconds: 300,
  });
}

export function mysqlDatabase(): HostStep {
  const wanted = 'utf8mb4_0900_ai_ci';
  return step({
    id: 'mysql-database',
    title: `Database ${database}`,
    definitions: text`
      as_root() {
        mysql --no-defaults -S ${mysqlSocket} -N "$@"
      }
    `,
    check: text`
      local collation root
      as_root -e 'SELECT 1' >/dev/null 2>&1 || { echo "MySQL does not answer"; return; }
      collation=$(as_root -e "SELECT default_collation_name FROM information_schema.schemata WHERE schema_name = '${database}'")
      [ "$collation" = ${wanted} ] || echo "database ${database} has the collation \${collation:-of none: it is missing}"
      root=$(as_root -e "SELECT GROUP_CONCAT(host, ' ', plugin) FROM mysql.user WHERE user = 'root'")
      [ "$root" = 'localhost auth_socket' ] || echo "root of MySQL may sign in otherwise than by the socket: $root"
    `,
    apply: text`
      as_root <<'SQL'
      CREATE DATABASE IF NOT EXISTS ${database};
      ALTER DATABASE ${database} CHARACTER SET utf8mb4 COLLATE ${wanted};
      ALTER USER 'root'@'localhost' IDENTIFIED WITH auth_socket;
      SQL
      as_root -e "SELECT CONCAT('DROP USER ''root''@''', host, ''';') FROM mysql.user WHERE user = 'root' AND host <> 'localhost'" | as_root
    `,
  });
}
