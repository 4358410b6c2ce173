/** The local AWS: started once, found again by the next command, alive until it is stopped. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { type DaemonStart, ensureDaemon, stopDaemon } from '../../io/process/daemon.ts';
import { pythonEnvironment } from '../../io/process/python.ts';
import { readJson, remove, root, writeJson } from '../../io/state.ts';
import { versionOf } from '../version.ts';
import { imagesIn } from './images.ts';

/** The account and the region it serves. */
export interface LocalAccount {
  readonly account: string;
  readonly region: string;
}

export interface LocalAws {
  /** Environment variables that point every AWS SDK, the CDK and the AWS CLI at it. */
  readonly env: Readonly<Record<string, string>>;
  readonly port: number;
}

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/**
 * The running local AWS of this folder, started when there is none or when its code has changed.
 * Its record, log and port are kept in the folder; its state is in memory: stopped, it forgets
 * everything. It has the Ubuntu images that the CDK's context pins.
 * @throws DojangError of `pythonEnvironment`, or `daemon-failed` with the end of its log
 */
export async function ensureLocalAws(folder: string, where: LocalAccount, { mayStart, progress }: DaemonStart): Promise<LocalAws> {
  const { account, region } = where;
  // A new image that the CDK has pinned is published by the running cloud, which would forget
  // everything if it were started anew.
  const images = imagesIn(readJson<Record<string, unknown>>(join(root, 'cdk.context.json')) ?? {}, account, region);
  const imagesFile = join(folder, 'images.json');
  if (mayStart && !isDeepStrictEqual(readJson(imagesFile), images)) writeJson(imagesFile, images);
  const portFile = join(folder, 'port.json');
  const { ports } = await ensureDaemon({
    name: 'the local AWS',
    folder,
    mayStart,
    version: versionOf(import.meta.dirname, account, region),
    command: async () => {
      const python = await pythonEnvironment(here('requirements.txt'), progress);
      remove(portFile);
      progress('starting the local AWS');
      return python;
    },
    args: [here('server.py'), folder, account, region],
    // Nothing is to be written beside the sources, and nothing of the caller's Python is to be
    // seen.
    env: { PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: '', PYTHONUNBUFFERED: '1' },
    ready: async () => {
      const port = readJson<{ port: number }>(portFile)?.port;
      return port === undefined ? undefined : { http: port };
    },
    limitSeconds: 60,
  });
  return localAws(where, ports.http ?? 0);
}

/**
 * Ends the local AWS of this folder, and with it everything in it. Does nothing when it is not
 * running.
 */
export function stopLocalAws(folder: string): Promise<void> {
  return stopDaemon(folder);
}

function localAws({ region }: LocalAccount, port: number): LocalAws {
  if (port === 0) throw new DojangError('daemon-failed', 'the local AWS reported no port', { next: 'dojang down, then dojang up' });
  return {
    port,
    env: {
      // The name, not the address: given an address, moto looks templates up in the wrong bucket.
      AWS_ENDPOINT_URL: `http://localhost:${port}`,
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_REGION: region,
      AWS_EC2_METADATA_DISABLED: 'true',
    },
  };
}
