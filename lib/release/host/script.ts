/** What all scripts of a release have in common. */
import { quoted, text } from '../../host/bash/bash-template.ts';
import { lines } from '../../host/bash/files.ts';
import { paths } from '../../host/paths.ts';
import type { App } from '../artifact.ts';
import { scriptLimitSeconds, turnSeconds } from '../plan/limits.ts';
import type { CanaryStepId } from '../plan/step.ts';
import { componentFunctions, componentStart } from './component.ts';
import { releaseFunctions } from './releases.ts';

/** Steps of a plan that are done on a host; `roll-back` is the way back from each of them. */
export type HostStepId =
  | 'before'
  | 'unpack'
  | 'migrate'
  | 'nginx-test'
  | 'start'
  | 'restart'
  | 'health'
  | CanaryStepId
  | 'switch'
  | 'drain'
  | 'prune'
  | 'roll-back';

/** A script, and how many seconds it may take. */
export interface HostScript {
  readonly step: HostStepId;
  readonly script: string;
  readonly limitSeconds: number;
}

/** Of any component; each script takes what it needs. */
export interface HostReleaseOptions {
  /** SHA-256 of the artifact; empty where it is not built yet, which `before` alone takes. */
  readonly digest: string;
  /** The artifact bucket and its region. */
  readonly bucket: string;
  readonly region: string;
  /** SSM parameter with the password of the account that may alter tables. */
  readonly migratePassword: string;
  /** Seconds in which the release must be healthy. */
  readonly healthSeconds: number;
}

export interface RollBackOptions extends Pick<HostReleaseOptions, 'healthSeconds'> {
  /** The release to leave. */
  readonly digest: string;
  /** Why, in a line; the release is then skipped by later rollbacks. Empty: it is not its fault. */
  readonly reason: string;
}

/** Exit code of a script that did not get the lock: EX_TEMPFAIL of sysexits.h. */
export const busyExitCode = 75;

interface HostStepOptions {
  readonly step: HostStepId;
  readonly component: App;
  /** Of its work, as the plan has them. */
  readonly seconds: number;
  /**
   * Bash; `$home` is the folder of the component, `$release` the release when a digest is given.
   */
  readonly body: string;
  readonly digest?: string;
}

/**
 * A script that holds the host's lock of the component's releases. Its last lines are
 * `release<TAB>component<TAB>outcome<TAB>digest<TAB>note`, when it succeeds or can say why not, and
 * `serving<TAB>slot<TAB>digest<TAB>state`, however it ends: `-` for nothing.
 */
export function hostScript({ step, component, seconds, body, digest }: HostStepOptions): HostScript {
  const script = lines(
    head({ step, component, digest }),
    releaseFunctions,
    componentFunctions[component],
    begin,
    componentStart[component],
    body,
  );
  return { step, limitSeconds: scriptLimitSeconds(seconds), script: `${script}\n` };
}

function head({ step, component, digest }: Pick<HostStepOptions, 'step' | 'component' | 'digest'>): string {
  return lines(
    'set -euo pipefail\numask 022\nexport PATH=$PATH:/usr/sbin:/sbin',
    component === 'api' ? `release_step=${step}` : undefined,
    `component=${component}\nhome=${paths.releases}/${component}`,
    digest === undefined ? undefined : `release=$home/releases/${quoted(digest)}`,
  );
}

const begin = text`
  trap say_serving EXIT
  install -d "$home/releases"
  exec 9>>"$home/.lock"
  if ! flock -w ${turnSeconds} 9; then
    echo "another release of $component has been at work on this host for ${turnSeconds} s"
    exit ${busyExitCode}
  fi
  # Releases that an earlier dojang installed have their mark under the name of that time.
  for mark in "$home"/releases/*/.well; do
    if [ -e "$mark" ]; then mv -f "$mark" "\${mark%/*}/.healthy"; fi
  done
`;
