/**
 * All checks of one host as one bash script: one command of Systems Manager, however many there
 * are.
 */
import { text } from '../host/bash/bash-template.ts';
import type { HostCheck, Probe } from './check.ts';

/**
 * How long the script may take at most, in seconds: probes run at the same time, each with limits
 * of its own.
 */
export const scriptLimit = 120;

/**
 * Prints `probe<TAB>key<TAB>value...` lines; `doctor begin` and `doctor end` carry the host's time.
 * Nothing on the host is changed.
 */
export function hostScript(checks: readonly HostCheck[]): string {
  const probes = [...new Map(checks.map(({ probe }) => [probe.name, probe])).values()];
  return [preamble, ...probes.map(probeFunction), main(probes.map(({ name }) => name))].join('\n');
}

const preamble = text`
  #!/usr/bin/env bash
  # What is so on this host. Written by dojang doctor.
  set -uo pipefail
  export LC_ALL=C.UTF-8 HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
  umask 077
  work=$(mktemp -d) || exit
  trap 'rm -rf "$work"' EXIT

  # fact KEY VALUE...: one line of what was found; each value is one field
  fact() {
    local value line=$probe
    for value in "$@"; do
      value=\${value//[$'\t\r\n']/ }
      line+=$'\t'\${value:0:1500}
    done
    printf '%s\n' "$line"
  }

  # ask CURL-OPTION...: exit status, HTTP status and body of an answer, and what curl says of a
  # failure
  ask() {
    local status code
    code=$(curl -sS --noproxy '*' --connect-timeout 5 --max-time 10 -o "$work/$probe.body" -w '%{http_code}' "$@" 2>"$work/$probe.said")
    status=$?
    fact answer "$status" "$code" "$(tr -d '\000' 2>/dev/null <"$work/$probe.body" | head -c 1500)" "$(tail -n 1 "$work/$probe.said")"
  }
`;

function probeFunction({ name, script }: Probe): string {
  return `\n${functionName(name)}() {\n${script}\n}`;
}

/** The whole script is read before it begins, so that nothing in it can eat the rest from stdin. */
function main(names: readonly string[]): string {
  const starts = names.map((name) => `  probe=${name}\n  ${functionName(name)} >"$work/${name}.facts" 2>/dev/null &`);
  const facts = names.map((name) => `"$work/${name}.facts"`);
  return text`

    main() {
      local probe
      printf 'doctor\tbegin\t%s\n' "$(date +%s.%N)"
    ${starts.join('\n')}
      wait
      cat ${facts.join(' ')}
      printf 'doctor\tend\t%s\n' "$(date +%s.%N)"
    }

    main </dev/null
    exit 0
  `;
}

function functionName(probe: string): string {
  return `probe_${probe.replaceAll('-', '_')}`;
}
