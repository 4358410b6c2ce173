/**
 * The hosts' daemon over clouds that are a file: what a test writes there is what the clouds say.
 * Arguments: folder, file, image.
 */

import { readJson } from '../../../../scripts/io/state.ts';
import { connectInternet } from '../../../../scripts/local/hosts/network/namespaces.ts';
import { prefixOf } from '../../../../scripts/local/hosts/network/network.ts';
import { reconcileHosts } from '../../../../scripts/local/hosts/reconcile/reconcile-loop.ts';
import type { CloudView } from '../../../../scripts/local/hosts/views/cloud-state.ts';

const [folder = '', file = '', image = ''] = process.argv.slice(2);
await connectInternet(prefixOf(folder));
await reconcileHosts(
  (['aws', 'gcp'] as const).map((host) => ({ host, look: async () => readJson<Record<string, CloudView>>(file)?.[host] })),
  { folder, image, region: 'ap-northeast-2', log: (line) => process.stderr.write(`${line}\n`), onChange: () => undefined },
);
