/** System accounts: each service has its own, without a shell and without a home. */
import type { HostName } from '../../ports/host-shell.ts';
import { text } from '../bash/bash-template.ts';
import { type HostStep, step } from '../bash/step.ts';

/**
 * MySQL's is made here too: a data volume that comes from another machine is given to it before the
 * package is installed.
 */
const accounts: Readonly<Record<HostName, readonly string[]>> = { aws: ['dojang-api', 'mysql'], gcp: ['dojang-ai'] };

export function users(host: HostName): HostStep {
  const each = (command: string) => accounts[host].map((name) => `${command} ${name}`).join('\n');
  return step({
    id: 'users',
    title: 'System accounts',
    definitions: text`
      user_differs() {
        local shell
        shell=$(getent passwd "$1" | cut -d: -f7) || { echo "no user $1"; return 0; }
        getent group "$1" >/dev/null || echo "no group $1"
        case $shell in
          */nologin | */false) ;;
          *) echo "user $1 has the shell $shell" ;;
        esac
      }

      make_user() {
        getent group "$1" >/dev/null || groupadd --system "$1"
        if getent passwd "$1" >/dev/null; then
          usermod --shell /usr/sbin/nologin "$1"
        else
          useradd --system --gid "$1" --home-dir /nonexistent --no-create-home --shell /usr/sbin/nologin "$1"
        fi
      }
    `,
    check: each('user_differs'),
    apply: each('make_user'),
  });
}
