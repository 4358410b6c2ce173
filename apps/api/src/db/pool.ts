/** Connections to MySQL: UTF-8, UTC, one statement a call, whole numbers as numbers. */
import { type ConnectionOptions, createPool, type Pool } from 'mysql2/promise';
import type { MysqlSettings } from '../settings.ts';

export function openPool(settings: MysqlSettings): Pool {
  return createPool({ ...connectionOptions(settings), connectionLimit: settings.pool, maxIdle: settings.pool, enableKeepAlive: true });
}

export function connectionOptions(settings: MysqlSettings): ConnectionOptions {
  const place = settings.socket ? { socketPath: settings.socket } : { host: settings.host, port: settings.port };
  return {
    ...place,
    user: settings.user,
    password: settings.password.reveal(),
    database: settings.database,
    charset: 'utf8mb4_0900_ai_ci',
    timezone: 'Z',
    dateStrings: ['DATE'],
    decimalNumbers: true,
    supportBigNumbers: true,
    connectTimeout: 5_000,
    multipleStatements: false,
  };
}
