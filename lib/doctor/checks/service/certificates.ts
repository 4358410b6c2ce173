/**
 * How long certificates are good for: as they are served where they are served, else as they lie on
 * the host.
 */
import type { Environment } from '../../../config/environment.ts';
import { quoted, text } from '../../../host/bash/bash-template.ts';
import { paths } from '../../../host/paths.ts';
import { renewalOverdue } from '../../../host/tls/letsencrypt.ts';
import { peerNames } from '../../../pki/desired.ts';
import type { HostName } from '../../../ports/host-shell.ts';
import type { Addresses } from '../../../wiring/desired.ts';
import { type Asked, failed, type HostCheck, ok, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';
import { durationText } from '../duration.ts';

const day = 86_400_000;
/**
 * Renewal begins at 60 days, that of certbot at 30, so that less than this means that nothing has
 * run it, or that it fails. A short-lived one is overdue later.
 */
const fewest = 14 * day;

interface Subject {
  readonly environment: Environment;
  readonly addresses: Addresses;
}

export function certificateChecks({ environment, addresses }: Subject): HostCheck[] {
  const { name, gcp, tls, domain } = environment;
  const renew = `dojang wire --env ${name}, then dojang provision --env ${name}`;
  const site = tls === 'own-ca' ? renew : `dojang provision --env ${name}, which asks for it and says what stands in the way`;
  const certificate = (id: string, title: string, script: string, next: string): HostCheck => ({
    id,
    from: 'aws',
    title,
    probe: { name: id, script },
    verdict: (facts, asked) => lasts(facts, asked, next),
  });
  const own = `-CAfile ${paths.tls}/ca.pem -cert ${paths.tls}/peer.pem -key ${paths.tls}/peer-key.pem`;
  return [
    certificate('certificate-aws', 'certificate of the API lasts', onDisk('peer'), renew),
    certificate('certificate-gcp', 'certificate of the AI port lasts', served(`${addresses.gcp}:${gcp.aiPort}`, peerNames.gcp, own), renew),
    certificate('certificate-site', 'certificate of the site lasts', served('127.0.0.1:443', domain), site),
  ];
}

export function authorityCheck(from: HostName, environment: string): HostCheck {
  return {
    id: `authority-${from}`,
    from,
    title: 'authority lasts',
    probe: { name: 'authority', script: onDisk('ca') },
    verdict: (facts, asked) =>
      lasts(facts, asked, `dojang wire --rotate ca --env ${environment}, then dojang provision --env ${environment}`),
  };
}

function onDisk(name: string): string {
  return text`
    local ends
    openssl storeutl -noout -text -certs ${paths.tls}/${name}.pem | sed -n 's/^ *Not After *: //p' | while read -r ends; do
      fact ends "$ends"
    done
  `;
}

function served(at: string, name: string | undefined, options = ''): string {
  const asked = name ? `-servername ${quoted(name)}` : '-noservername';
  return text`
    local ends
    ends=$(timeout 10 openssl s_client -connect ${at} ${asked} ${options} </dev/null | openssl x509 -noout -startdate -enddate -subject -issuer)
    fact begins "$(sed -n 's/^notBefore=//p' <<<"$ends")"
    fact ends "$(sed -n 's/^notAfter=//p' <<<"$ends")"
    [ "$(sed -n 's/^subject=//p' <<<"$ends")" != "$(sed -n 's/^issuer=//p' <<<"$ends")" ] || fact own yes
  `;
}

/**
 * Of several authorities, which are trusted together while one is replaced, the one that ends last
 * counts.
 */
function lasts(facts: Facts, { ended }: Asked, next: string): Verdict {
  const ends = facts.all('ends').map(([text = '']) => Date.parse(text));
  const known = ends.filter((each) => !Number.isNaN(each));
  if (known.length === 0) return failed('there is none', next);
  if (facts.all('own').length > 0) return failed('it is signed by itself alone: a placeholder', next);
  const end = Math.max(...known);
  const left = end - ended.getTime();
  if (left < 0) return failed(`expired ${durationText(-left)} ago`, next);
  const lifetime = end - Date.parse(facts.first('begins')[0] ?? '');
  const least = Number.isNaN(lifetime) ? fewest : Math.min(fewest, lifetime * renewalOverdue);
  return left < least ? failed(`expires in ${durationText(left)}`, next) : ok(`${durationText(left)} left`);
}
