/**
 * The domain that people type: where it points, and whether its certificate goes on being renewed.
 */
import type { Environment } from '../../../config/environment.ts';
import { isLocal } from '../../../config/names.ts';
import { text } from '../../../host/bash/bash-template.ts';
import type { Addresses } from '../../../wiring/desired.ts';
import { failed, type HostCheck, ok, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';

/** None where the service has no domain. */
export function domainChecks(environment: Environment, { aws }: Addresses): HostCheck[] {
  const { domain, tls } = environment;
  if (domain === undefined) return [];
  const points: HostCheck = {
    id: 'domain',
    from: 'aws',
    title: 'domain points at the address',
    probe: { name: 'domain', script: addressesOf(domain) },
    verdict: (facts) => pointsAt(facts, domain, { address: aws, local: isLocal(environment) }),
  };
  return tls === 'letsencrypt' ? [points, renewal(domain, aws)] : [points];
}

function addressesOf(domain: string): string {
  return text`
    local address
    fact asked yes
    getent ahosts ${domain} | while read -r address _; do
      fact address "$address"
    done
  `;
}

function pointsAt(facts: Facts, domain: string, { address, local }: { readonly address: string; readonly local: boolean }): Verdict {
  const found = [...new Set(facts.all('address').map(([each = '']) => each))];
  const next = `make the DNS record: ${domain} A ${address}, and no other${local ? ' (dojang local domain --points-to aws)' : ''}`;
  if (facts.all('asked').length === 0) return failed('could not be looked up', next);
  if (found.length === 0) return failed(`${domain} has no address`, next);
  const others = found.filter((each) => each !== address);
  return others.length > 0 ? failed(`${domain} points at ${others.join(', ')}, not at ${address}`, next) : ok(address);
}

/**
 * By certbot's timer, twice a day. The reason of a failure is what the authority said of the
 * domain, else certbot's own last words.
 */
function renewal(domain: string, address: string): HostCheck {
  return {
    id: 'certificate-renewal',
    from: 'aws',
    title: 'certbot renews the certificate',
    probe: {
      name: 'certificate-renewal',
      script: text`
        local log=/var/log/letsencrypt/letsencrypt.log
        fact timer "$(systemctl is-active certbot.timer)"
        fact result "$(systemctl show -P Result certbot.service)"
        fact reason "$(sed -n 's/^.*"detail": "\(.*\)".*$/\1/p' "$log" | tail -n 1)"
        fact words "$(journalctl -u certbot.service -n 20 -o cat --no-pager | grep -i 'error\|failed' | tail -n 1)"
      `,
    },
    verdict: (facts) => isRenewed(facts, domain, address),
  };
}

function isRenewed(facts: Facts, domain: string, address: string): Verdict {
  const [timer = ''] = facts.first('timer');
  const [result = ''] = facts.first('result');
  const [reason = ''] = facts.first('reason');
  const [words = ''] = facts.first('words');
  if (result === 'success' && timer === 'active') return ok('');
  if (timer !== 'active') return failed(`certbot.timer is ${timer || 'unknown'}`, 'systemctl start certbot.timer on the aws host');
  const why = (reason.replaceAll('\\"', '"') || words || 'journalctl -u certbot.service says why').slice(0, 200);
  return failed(
    `its last run failed: ${why}`,
    `port 80 of ${domain} must be answered by ${address}; then systemctl start certbot.service on the aws host, or wait: it runs twice a day`,
  );
}
