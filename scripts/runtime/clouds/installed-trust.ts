/**
 * What the hosts have of the trust between them, asked through their shell. Certificates only: no
 * key leaves a host.
 */
import { runPaths } from '../../../lib/host/bash/runner.ts';
import { reloadNginx } from '../../../lib/host/nginx/nginx.ts';
import { paths } from '../../../lib/host/paths.ts';
import type { HostName, HostShell } from '../../../lib/ports/host-shell.ts';
import type { HostTrust, InstalledTrust } from '../../../lib/ports/secrets.ts';
import { readCertificates } from '../../io/pki.ts';

/**
 * Files on the disk take effect when nginx reloads; until then it is unknown what the host trusts.
 */
const script = `set -u
[ ! -e ${runPaths.state}/pending/${reloadNginx.id} ] || exit 1
for name in ca peer site; do
  file=${paths.tls}/$name.pem
  if [ -f "$file" ]; then
    echo "== $name"
    cat "$file"
  fi
done
`;

export function installedTrust(shell: HostShell): InstalledTrust {
  return { on: (host) => ask(shell, host) };
}

async function ask(shell: HostShell, host: HostName): Promise<HostTrust | undefined> {
  const answer = await shell.run(host, script, { comment: 'which certificates are installed', limitSeconds: 60 }).catch(() => undefined);
  if (answer?.code !== 0) return undefined;
  const { ca, peer, site } = sectionsOf(answer.stdout);
  const [authorities, peers, sites] = await Promise.all([ca, peer, site].map((text = '') => readCertificates(text)));
  return {
    authorities: (authorities ?? []).map(({ keyId }) => keyId),
    peer: peers?.[0]?.fingerprint,
    site: sites?.[0]?.fingerprint,
  };
}

function sectionsOf(text: string): Record<string, string> {
  const parts = text.split(/^== (\w+)$/m).slice(1);
  return Object.fromEntries(parts.flatMap((name, index) => (index % 2 === 0 ? [[name, parts[index + 1] ?? '']] : [])));
}
