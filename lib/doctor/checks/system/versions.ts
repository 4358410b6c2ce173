/** Which releases are current: reported, never judged. */
import { paths } from '../../../host/paths.ts';
import { slotState } from '../../../host/slots/state.ts';
import type { HostName } from '../../../ports/host-shell.ts';
import { type HostCheck, ok } from '../../check.ts';

export function versionsCheck(from: HostName, apps: readonly string[]): HostCheck {
  return {
    id: `versions-${from}`,
    from,
    title: 'releases',
    probe: { name: 'versions', script: current(apps) },
    verdict: (facts) => ok(apps.map((app) => `${app} ${digestOf(facts.all('version'), app)}`).join(', ')),
  };
}

function current(apps: readonly string[]): string {
  return [slotState, ...apps.map((app) => `fact version ${app} "$(basename "$(${link(app)})")"`)].join('\n');
}

function link(app: string): string {
  return app === 'api' ? 'release_of "$(serving_slot)"' : `readlink ${paths.releases}/${app}/current`;
}

function digestOf(versions: readonly (readonly string[])[], app: string): string {
  const digest = versions.find(([name]) => name === app)?.[1];
  return digest ? digest.slice(0, 12) : '-';
}
