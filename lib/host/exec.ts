/** What `dojang exec` runs on a host. */
import { DojangError } from '../errors/dojang-error.ts';
import type { HostName } from '../ports/host-shell.ts';
import type { App } from '../release/artifact.ts';
import { hostOf } from '../release/hosting.ts';
import { quoted, text } from './bash/bash-template.ts';
import { paths } from './paths.ts';
import { slotState } from './slots/state.ts';

export interface Executed {
  /** The command and its arguments, or one line of bash. */
  readonly words: readonly string[];
  readonly component?: App;
  readonly limitSeconds: number;
}

/**
 * One word is a line of bash; several are a command and its arguments, which no shell interprets.
 * As root, or as the account of a component, in its release that serves and with its settings.
 */
export function execScript({ words, component, limitSeconds }: Executed): string {
  const command = words.length === 1 ? `bash -c ${quoted(words[0] ?? '')}` : words.map(quoted).join(' ');
  return component === undefined ? `exec ${command}\n` : asComponent(component, command, limitSeconds);
}

const runs = {
  web: { user: 'www-data', settings: undefined, release: `readlink -e ${paths.releases}/web/current` },
  api: { user: 'dojang-api', settings: `${paths.settings}/api-$slot.env`, release: 'release_of "$slot"' },
  ai: { user: 'dojang-ai', settings: `${paths.settings}/ai.env`, release: `readlink -e ${paths.releases}/ai/current` },
} as const satisfies Record<App, object>;

/** The settings are read by systemd, whose form of a file they have. */
function asComponent(component: App, command: string, limitSeconds: number): string {
  const { user, settings, release } = runs[component];
  const properties = [`--property=RuntimeMaxSec=${limitSeconds}`, '--property=WorkingDirectory="$release"'];
  if (settings !== undefined) properties.push(`--property=EnvironmentFile="${settings}"`);
  const options = [`--uid=${user}`, ...properties].join(' ');
  return text`
    ${component === 'api' ? `${slotState}\nslot=$(serving_slot) || slot=a` : ''}
    release=$(${release}) || { echo "no release of ${component} serves on this host" >&2; exit 1; }
    exec systemd-run --quiet --pipe --wait --collect ${options} -- ${command}
  `.concat('\n');
}

/** @throws DojangError `wrong-option` for a component of the other host */
export function requireHostOf(component: App, host: HostName): void {
  if (hostOf[component] === host) return;
  throw new DojangError('wrong-option', `${component} does not run on the ${host} host`, {
    next: `dojang exec ${hostOf[component]} --component ${component} -- <command>`,
  });
}
