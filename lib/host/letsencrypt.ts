/** The site's certificate of Let's Encrypt: asked for by certbot over the running nginx, renewed by certbot's own timer. */
import type { Environment } from '../config/environment.ts';
import type { HostFacts } from './facts.ts';
import { filesStep, type HostFile } from './files.ts';
import { places } from './places.ts';
import type { HostStep } from './step.ts';
import { text } from './text.ts';

/** Where nginx serves the answers to the challenges of Let's Encrypt. */
export const challenges = '/var/lib/dojang/acme';

/** What makes certbot trust another authority's directory; see `AcmeAuthority`. */
const directoryRoot = `${places.tls}/acme-root.pem`;

/** It comes at the end: the domain's name may not point here yet. */
export function letsEncrypt({ contact }: Environment, domain: string, { acme }: HostFacts): HostStep {
  const live = `/etc/letsencrypt/live/${domain}`;
  const hook = '#!/bin/sh\nnginx -t && systemctl reload nginx.service\n';
  const trust = acme ? `REQUESTS_CA_BUNDLE=${directoryRoot} ` : '';
  const server = acme ? ` --server ${acme.directory}` : '';
  return filesStep({
    id: 'letsencrypt',
    title: `Certificate of Let's Encrypt for ${domain}`,
    files: [
      { path: '/etc/letsencrypt/renewal-hooks/deploy/dojang', content: hook, mode: '755' },
      ...(acme ? otherAuthority(acme.root) : []),
    ],
    check: text`
      local days=14
      [ "$(readlink ${places.tls}/site.pem)" = ${live}/fullchain.pem ] || echo "the site has no certificate of Let's Encrypt yet"
      [ "$(readlink ${places.tls}/site-key.pem)" = ${live}/privkey.pem ] || echo "the site has no key of Let's Encrypt yet"
      if [ -s ${live}/fullchain.pem ]; then
        openssl x509 -in ${live}/fullchain.pem -noout -checkend $((days * 86400)) >/dev/null || echo "the certificate ends within $days days: it is not renewed"
      fi
      systemctl is-active -q certbot.timer || echo "certbot.timer is not active"
    `,
    apply: text`
      systemctl daemon-reload
      systemctl enable -q --now certbot.timer
      ${trust}certbot certonly --quiet --non-interactive --agree-tos -m ${contact} --webroot -w ${challenges} --cert-name ${domain} -d ${domain} --keep-until-expiring${server}
      ln -sfn ${live}/fullchain.pem ${places.tls}/site.pem
      ln -sfn ${live}/privkey.pem ${places.tls}/site-key.pem
    `,
    notifies: ['nginx-reload'],
    limitSeconds: 180,
  });
}

/** certbot trusts its directory also when its timer renews. */
function otherAuthority(root: string): HostFile[] {
  return [
    { path: directoryRoot, content: root },
    { path: '/etc/systemd/system/certbot.service.d/dojang.conf', content: `[Service]\nEnvironment=REQUESTS_CA_BUNDLE=${directoryRoot}\n` },
  ];
}
