/**
 * Certificates and keys: those of wiring come from SSM, the site's from there too or from Let's
 * Encrypt.
 */
import type { Environment } from '../../config/environment.ts';
import type { HostName } from '../../ports/host-shell.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep, type HostFile } from '../bash/files.ts';
import { type HostStep, step } from '../bash/step.ts';
import { paths } from '../paths.ts';
import { secretValue } from '../services/secret-tool.ts';

/**
 * Who may read the key of the peer's certificate: on AWS the API shows it as a client, on GCP nginx
 * as a server.
 */
const keyOwner: Readonly<Record<HostName, string>> = { aws: 'root:dojang-api', gcp: 'root:root' };

/** What the clouds know each other by. What reads the files again by itself needs no restart. */
export function peerFiles(host: HostName, environment: Environment): HostStep {
  const { ca, aws, gcp } = environment.names.parameters.trust;
  const own = host === 'aws' ? aws : gcp;
  return filesStep({
    id: 'peer-certificate',
    title: 'Private authority, and the certificate by which the other cloud knows this host',
    files: [
      fromParameter('ca.pem', ca['ca-certificate']),
      fromParameter('peer.pem', own['peer-certificate']),
      { ...fromParameter('peer-key.pem', own['peer-key']), mode: '640', owner: keyOwner[host] },
    ],
    notifies: host === 'gcp' ? ['nginx-reload'] : [],
    definitions: `key_fits() {\n${keyFits}\n}`,
    check: `[ ! -s ${paths.tls}/peer.pem ] || key_fits ${paths.tls}/peer.pem ${paths.tls}/peer-key.pem`,
  });
}

/** The site's certificate of the private authority. */
export function siteFiles(environment: Environment): HostStep {
  const { aws } = environment.names.parameters.trust;
  return filesStep({
    id: 'site-certificate',
    title: 'Certificate of the site, signed by the private authority',
    files: [fromParameter('site.pem', aws['site-certificate']), { ...fromParameter('site-key.pem', aws['site-key']), mode: '600' }],
    notifies: ['nginx-reload'],
  });
}

function fromParameter(name: string, parameter: string): HostFile {
  return { path: `${paths.tls}/${name}`, content: secretValue(parameter), secret: true };
}

const keyFits = text`
  [ "$(openssl x509 -in "$1" -noout -pubkey 2>/dev/null)" = "$(openssl pkey -in "$2" -pubout 2>/dev/null)" ] || echo "$2 is not the key of $1"
`;

/** Something to start nginx with until the first real certificate is there. */
export function sitePlaceholder(): HostStep {
  return step({
    id: 'site-placeholder',
    title: "A certificate of its own for nginx until Let's Encrypt has signed one",
    check: `[ -s ${paths.tls}/site.pem ] && [ -s ${paths.tls}/site-key.pem ] || echo "nginx has no certificate to start with"`,
    apply: text`
      rm -f ${paths.tls}/site.pem ${paths.tls}/site-key.pem
      (umask 077 && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 90 -subj /CN=placeholder \
        -keyout ${paths.tls}/site-key.pem -out ${paths.tls}/site.pem 2>/dev/null)
    `,
  });
}
