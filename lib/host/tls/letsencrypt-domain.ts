/** What is looked at before Let's Encrypt is asked, since it counts what it refuses. */
import { quoted, text } from '../bash/bash-template.ts';
import type { HostFacts } from '../facts.ts';
import { paths } from '../paths.ts';

/**
 * Bash function `domain_points_here`: puts a file where challenges are and asks for it as Let's
 * Encrypt would, first of nginx itself, then under the domain's name. When it does not come, it
 * prints why and what to do, and fails.
 */
export function domainCheck(domain: string, { addresses, embedded }: HostFacts, environment: string): string {
  const here = embedded ? ' (on the embedded internet: dojang local domain --points-to aws)' : '';
  return text`
    domain_points_here() {
      local token found other status=0 tries=0
      token=dojang-$(cat /proc/sys/kernel/random/uuid)
      mkdir -p ${paths.challenges}/.well-known/acme-challenge
      printf '%s\n' "$token" >"${paths.challenges}/.well-known/acme-challenge/$token"
      # A worker from before a reload may answer for a moment.
      until challenge_comes "$token" --resolve ${domain}:80:127.0.0.1 || ((++tries > 10)); do sleep 0.5; done
      if ((tries > 10)); then
        echo "nginx does not serve what is in ${paths.challenges}: $(cat "$work/challenge-said")"
        echo "read /var/log/nginx/error.log on this host"
        status=1
      elif ! challenge_comes "$token"; then
        found=$({ getent ahostsv4 ${domain} || true; } | awk '{ print $1 }' | sort -u | paste -sd ' ')
        other=$({ getent ahostsv6 ${domain} || true; } | awk '$1 !~ /^::ffff:/ { print $1 }' | sort -u | paste -sd ' ')
        if [ -z "$found$other" ]; then
          echo "${domain} has no address"
        elif [ "$found" != ${addresses.aws} ]; then
          echo "${domain} points at \${found:-no IPv4 address}, not at this host"
        elif [ -n "$other" ]; then
          echo "${domain} has the IPv6 address $other, which is not this host's, and Let's Encrypt tries that first: remove the AAAA record"
        else
          echo "http://${domain}/ is not answered by this host: $(cat "$work/challenge-said")"
        fi
        echo "make the DNS record: ${domain} A ${addresses.aws}"${here === '' ? '' : quoted(here)}
        echo "when it is visible: dojang up --env ${environment}. Let's Encrypt was not asked, since it counts what it refuses"
        status=1
      fi
      rm -f "${paths.challenges}/.well-known/acme-challenge/$token"
      return $status
    }

    # challenge_comes TOKEN CURL-OPTION...: what came instead is in challenge-said
    challenge_comes() {
      local token=$1 code
      shift
      rm -f "$work/challenge"
      code=$(curl -sS --noproxy '*' --location --insecure --max-redirs 10 --max-time 15 -o "$work/challenge" -w '%{http_code}' "$@" \
        "http://${domain}/.well-known/acme-challenge/$token" 2>"$work/challenge-said") && echo "HTTP $code" >"$work/challenge-said"
      [ "$(cat "$work/challenge" 2>/dev/null)" = "$token" ]
    }
  `;
}
