/** What the scanners read: everything that is rendered, as files. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import configuration from '../../../dojang.config.ts';
import { environmentOf } from '../../../lib/config/environment.ts';
import { hostFacts } from '../../../lib/host/facts.ts';
import { hostNames, hostRecipe } from '../../../lib/host/recipe.ts';
import type { HostName } from '../../../lib/ports/host-shell.ts';
import { awsApp } from '../../../stacks/app.ts';
import { collectSync } from '../../io/process/processes.ts';

const environment = environmentOf(configuration, 'prod');
/**
 * Addresses are known after a deployment only; nothing that a scanner looks at depends on which
 * they are.
 */
const facts = hostFacts(environment, {
  addresses: { aws: '203.0.113.10', gcp: '198.51.100.10' },
  dataVolumeId: 'vol-0123456789abcdef0',
  artifactBucket: 'artifact-bucket',
});

export const region = environment.aws.region;

/** The CloudFormation templates of prod. @returns their paths */
export function writeTemplates(folder: string): string[] {
  return awsApp(environment, { outdir: join(folder, 'templates'), checks: false })
    .synth()
    .stacks.map(({ templateFullPath }) => templateFullPath);
}

/**
 * The whole nginx configuration of each host, written by the host's own recipe. @returns the paths
 * of both `nginx.conf`
 */
export function writeNginx(folder: string): string[] {
  return hostNames.map((host) => {
    const root = join(folder, host);
    mkdirSync(root, { recursive: true });
    const { code, stderr } = collectSync('bash', ['-euo', 'pipefail', '-s', root], { input: nginxScript(host) });
    if (code !== 0) throw new Error(`the nginx configuration of ${host} could not be written: ${stderr}`);
    return join(root, 'etc/nginx/nginx.conf');
  });
}

/**
 * The step's own functions, with a `write_file` that writes below `$root`, where includes then lead
 * too; secrets stay unfilled.
 */
function nginxScript(host: HostName): string {
  const step = hostRecipe(environment, host, facts).steps.find(({ id }) => id === 'nginx-site');
  if (!step) throw new Error(`${host} has no nginx`);
  const writing = step.apply.split('\n').filter((line) => line.startsWith('write_file '));
  return `root=$1
secret() { cat; }
nginx() { echo 'nginx version: nginx/1.26.3' >&2; }
write_file() { mkdir -p "$root$(dirname "$1")"; "$4" | sed "s|include /etc/|include $root/etc/|" >"$root$1"; }
${step.definitions ?? ''}
${writing.join('\n')}
mkdir -p "$root/etc/nginx/modules-enabled"
echo 'types { text/html html; application/javascript js; text/css css; }' >"$root/etc/nginx/mime.types"`;
}
