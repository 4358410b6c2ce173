/**
 * The daemon of the hosts: keeps each as its cloud says, and the ways to them open. Arguments: its
 * folder, and its settings as JSON.
 */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { metadataAddress } from '../../../lib/host/system/metadata-address.ts';
import { readJson, writeJson } from '../../io/state.ts';
import { browserFile, readyFile } from './files.ts';
import { startForwarders } from './network/forwarders.ts';
import { connectInternet } from './network/namespaces.ts';
import { prefixOf, serviceAddress } from './network/network.ts';
import { supervise } from './network/supervise.ts';
import { reconcileHosts } from './reconcile/reconcile-loop.ts';
import type { HostsSettings } from './settings.ts';
import { embeddedAws } from './views/aws-view.ts';
import { embeddedGcp } from './views/gcp-view.ts';

const [folder, settings] = process.argv.slice(2);
if (!folder || !settings) throw new DojangError('no-folder', 'the hosts need their folder and their settings as arguments');
await serve(folder, JSON.parse(settings));

async function serve(at: string, { names, region, image, aws, gcp, signIn, dns }: HostsSettings): Promise<void> {
  const network = prefixOf(at);
  await connectInternet(network);
  const portIn = (file: string) => () => readJson<{ readonly port: number }>(file)?.port;
  const ways = await startForwarders({
    prefix: network,
    awsPort: portIn(join(aws, 'port.json')),
    signInPort: portIn(join(signIn, 'port.json')),
    browserPort: portIn(browserFile(at))(),
    log,
  });
  supervise(
    network,
    'internet',
    'the name server',
    [fileURLToPath(new URL('../dns/main.ts', import.meta.url)), dns, serviceAddress.dns],
    log,
  );
  supervise(
    network,
    'internet',
    'the metadata services',
    [fileURLToPath(new URL('../metadata/main.ts', import.meta.url)), at, metadataAddress],
    log,
  );
  writeJson(browserFile(at), { port: ways.browserPort });
  writeJson(readyFile(at), { pid: process.pid });
  const onChange = (nodes: readonly { readonly host: string; readonly address: string }[]) => {
    // The browser is led to where the service was last, also while its host restarts.
    const address = nodes.find(({ host }) => host === 'aws')?.address;
    if (address) ways.leadTo(address);
  };
  const clouds = [embeddedAws({ folder: aws, region, names }), embeddedGcp({ folder: gcp, names: names.gcp })];
  await reconcileHosts(clouds, { folder: at, image, region, log, onChange });
}

function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}
