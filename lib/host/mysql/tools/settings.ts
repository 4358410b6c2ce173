/** What the tools of the database know of their host. */
import type { Environment } from '../../../config/environment.ts';
import type { HostFacts } from '../../facts.ts';
import { paths } from '../../paths.ts';
import { apiHome } from '../../slots/state.ts';
import { database, mysqlSocket } from '../mysql.ts';

export interface DatabaseTools {
  /** The artifact bucket and its region. */
  readonly bucket: string;
  readonly region: string;
  readonly socket: string;
  readonly database: string;
  /** The reader of secrets, and the parameter with the password of the account `backup`. */
  readonly secretTool: string;
  readonly password: string;
  /** Where files lie while they are made or read: on the data volume, which is encrypted. */
  readonly spool: string;
  /** What outlives a run: the newest dump, and a restore that was cut off. */
  readonly state: string;
  /** A program that is called with `on` before and `off` after the service stands still. */
  readonly maintenance: string;
  /** The program that stops, migrates and starts what writes to the database. */
  readonly service: string;
  /** The lock of releases on the host: none starts the API meanwhile. */
  readonly releaseLock: string;
  /** Bytes of the volume that nothing here takes. */
  readonly reserve: number;
  readonly keep: Retention;
}

/** How many dumps stay in the bucket, of each kind the newest. */
interface Retention {
  readonly nightly: number;
  /** Those that operators asked for. */
  readonly manual: number;
  /** Of releases, the newest dump of each. */
  readonly releases: number;
  /** Those that a restore makes. */
  readonly restores: number;
}

const retention: Retention = { nightly: 7, manual: 5, releases: 5, restores: 5 };

export function databaseTools({ aws, names }: Environment, { artifactBucket }: Pick<HostFacts, 'artifactBucket'>): DatabaseTools {
  return {
    bucket: artifactBucket,
    region: aws.region,
    socket: mysqlSocket,
    database,
    secretTool: `${paths.tools}/secret`,
    password: names.parameters.trust.aws['mysql-backup'],
    spool: `${paths.data}/dumps`,
    state: toolsState,
    maintenance: `${paths.tools}/maintenance`,
    service: `${paths.tools}/${servingApi}`,
    releaseLock: `${apiHome}/.lock`,
    reserve: 256 * 1024 * 1024,
    keep: retention,
  };
}

/** Its name beside the other tools. */
export const servingApi = 'serving-api';

export const toolsState = '/var/lib/dojang/database';
/** Files there, for doctor: `id seconds` of the newest dump, and `seconds` of the last shipping. */
export const newestDump = 'newest-dump';
export const lastShipping = 'last-shipping';
