/**
 * The site's certificate of Let's Encrypt: asked for by certbot over the running nginx, renewed by
 * certbot's own timer.
 */
import type { Environment } from '../../config/environment.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep, type HostFile, lines } from '../bash/files.ts';
import type { HostStep } from '../bash/step.ts';
import type { HostFacts } from '../facts.ts';
import { paths } from '../paths.ts';
import { domainCheck } from './letsencrypt-domain.ts';

/** What makes certbot trust another authority's directory; see `AcmeAuthority`. */
const directoryRoot = `${paths.tls}/acme-root.pem`;

/**
 * A part of a certificate's lifetime. certbot renews when a third is left, so that with less than
 * this its renewal fails.
 */
export const renewalOverdue = 1 / 6;

/** It comes at the end: the domain's name may not point here yet. */
export function letsEncrypt({ contact, name }: Environment, domain: string, facts: HostFacts): HostStep {
  const { acme } = facts;
  const live = `/etc/letsencrypt/live/${domain}`;
  const hook = '#!/bin/sh\nnginx -t && systemctl reload nginx.service\n';
  return filesStep({
    id: 'letsencrypt',
    title: `Certificate of Let's Encrypt for ${domain}`,
    files: [
      { path: '/etc/letsencrypt/renewal-hooks/deploy/dojang', content: hook, mode: '755' },
      ...(acme ? otherAuthority(acme.root) : []),
    ],
    definitions: lines(lasts, domainCheck(domain, facts, name), asking(contact, domain, acme?.directory)),
    check: text`
      [ "$(readlink ${paths.tls}/site.pem)" = ${live}/fullchain.pem ] || echo "the site has no certificate of Let's Encrypt yet"
      [ "$(readlink ${paths.tls}/site-key.pem)" = ${live}/privkey.pem ] || echo "the site has no key of Let's Encrypt yet"
      if [ -s ${live}/fullchain.pem ]; then
        certificate_lasts ${live}/fullchain.pem
      else
        echo "${live}/fullchain.pem is missing"
      fi
      systemctl is-active -q certbot.timer || echo "certbot.timer is not active"
    `,
    apply: text`
      systemctl daemon-reload
      systemctl enable -q --now certbot.timer
      # What this run has changed of nginx is taken up at its end, and the challenges are served
      # before.
      [ ! -e "$state_folder/pending/nginx-reload" ] || { nginx -t -q && systemctl reload-or-restart nginx.service; }
      domain_points_here
      ask_for_certificate
      ln -sfn ${live}/fullchain.pem ${paths.tls}/site.pem
      ln -sfn ${live}/privkey.pem ${paths.tls}/site-key.pem
    `,
    notifies: ['nginx-reload'],
    limitSeconds: 180,
  });
}

const lasts = text`
  # certificate_lasts FILE: whether enough of its lifetime is left
  certificate_lasts() {
    local begins ends
    begins=$(date -d "$(openssl x509 -in "$1" -noout -startdate | cut -d= -f2)" +%s)
    ends=$(date -d "$(openssl x509 -in "$1" -noout -enddate | cut -d= -f2)" +%s)
    openssl x509 -in "$1" -noout -checkend $(((ends - begins) / ${Math.round(1 / renewalOverdue)})) >/dev/null ||
      echo "the certificate ends on $(date -u -d "@$ends" '+%F %R UTC'): it is not renewed"
  }
`;

/** certbot trusts its directory also when its timer renews. */
function otherAuthority(root: string): HostFile[] {
  return [
    { path: directoryRoot, content: root },
    { path: '/etc/systemd/system/certbot.service.d/dojang.conf', content: `[Service]\nEnvironment=REQUESTS_CA_BUNDLE=${directoryRoot}\n` },
  ];
}

/**
 * Let's Encrypt refuses a name whose validation failed five times within an hour: one is left for
 * the operator.
 */
const refusalsAllowed = 4;

/**
 * certbot repeats by itself what is worth repeating; a validation that failed fails again until its
 * reason is gone.
 */
function asking(contact: string, domain: string, directory: string | undefined): string {
  const trust = directory ? `REQUESTS_CA_BUNDLE=${directoryRoot} ` : '';
  const server = directory ? ` --server ${directory}` : '';
  return text`
    ask_for_certificate() {
      local refused
      refused=$({ cat "$state_folder/acme-refusals" 2>/dev/null || true; } | awk -v since="$(($(date +%s) - 3600))" '$1 > since' | wc -l)
      if ((refused >= ${refusalsAllowed})); then
        echo "Let's Encrypt has refused ${domain} $refused times within an hour, and allows 5: it was not asked again"
        echo "read /var/log/letsencrypt/letsencrypt.log on this host, and run it again in an hour"
        return 1
      fi
      if ${trust}certbot certonly --quiet --non-interactive --agree-tos -m ${contact} --webroot -w ${paths.challenges} --cert-name ${domain} -d ${domain} --keep-until-expiring${server} >"$work/certbot" 2>&1; then
        rm -f "$state_folder/acme-refusals"
        # A failed renewal is made good; systemd remembers it until the timer's next run, hours
        # later.
        systemctl reset-failed certbot.service 2>/dev/null || true
        return 0
      fi
      cat "$work/certbot"
      # What the authority said of the domain; certbot itself only counts.
      { sed -n 's/^.*"detail": "\(.*\)".*$/\1/p' /var/log/letsencrypt/letsencrypt.log 2>/dev/null || true; } | tail -n 1
      ! grep -qi 'challenges have failed' "$work/certbot" || date +%s >>"$state_folder/acme-refusals"
      return 1
    }
  `;
}
