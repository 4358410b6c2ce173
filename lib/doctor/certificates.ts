/** How long certificates are good for: as they are served where they are served, else as they lie on the host. */
import type { Environment } from '../config/environment.ts';
import { places } from '../host/places.ts';
import type { HostName } from '../host/shell.ts';
import { quoted, text } from '../host/text.ts';
import { daysUntil, expiryText } from '../trust/certificate.ts';
import { peerNames } from '../trust/desired.ts';
import type { Addresses } from '../wiring/desired.ts';
import { type Asked, failed, type HostCheck, ok, type Verdict } from './check.ts';
import type { Facts } from './facts.ts';

/** Days. Renewal begins at 60, that of certbot at 30, so that less than this means that it was not run, or that it fails. */
const fewest = 14;

interface Subject {
  readonly environment: Environment;
  readonly addresses: Addresses;
}

export function certificateChecks({ environment, addresses }: Subject): HostCheck[] {
  const { name, gcp, tls, domain } = environment;
  const renew = `dojang wire --env ${name}, then dojang provision --env ${name}`;
  const site = tls === 'own-ca' ? renew : 'certbot renew on the aws host; journalctl -u certbot tells why it did not';
  const certificate = (id: string, title: string, script: string, next: string): HostCheck => ({
    id,
    from: 'aws',
    title,
    probe: { name: id, script },
    verdict: (facts, asked) => lasts(facts, asked, next),
  });
  const own = `-CAfile ${places.tls}/ca.pem -cert ${places.tls}/peer.pem -key ${places.tls}/peer-key.pem`;
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
    openssl storeutl -noout -text -certs ${places.tls}/${name}.pem | sed -n 's/^ *Not After *: //p' | while read -r ends; do
      fact ends "$ends"
    done
  `;
}

function served(at: string, name: string | undefined, options = ''): string {
  const asked = name ? `-servername ${quoted(name)}` : '-noservername';
  return text`
    local ends
    ends=$(timeout 10 openssl s_client -connect ${at} ${asked} ${options} </dev/null | openssl x509 -noout -enddate -subject -issuer)
    fact ends "$(sed -n 's/^notAfter=//p' <<<"$ends")"
    [ "$(sed -n 's/^subject=//p' <<<"$ends")" != "$(sed -n 's/^issuer=//p' <<<"$ends")" ] || fact own yes
  `;
}

/** Of several authorities, which are trusted together while one is replaced, the one that ends last counts. */
function lasts(facts: Facts, { ended }: Asked, next: string): Verdict {
  const ends = facts.all('ends').map(([text = '']) => Date.parse(text));
  const known = ends.filter((each) => !Number.isNaN(each));
  if (known.length === 0) return failed('there is none', next);
  if (facts.all('own').length > 0) return failed('it is signed by nobody but itself: a placeholder', next);
  const days = daysUntil(new Date(Math.max(...known)), ended);
  return days < fewest ? failed(expiryText(days), next) : ok(`${days} days left`);
}
