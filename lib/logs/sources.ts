/** Where on the hosts the logs of each component are. */

import { earlierUnit } from '../host/slots/state.ts';
import type { HostName } from '../ports/host-shell.ts';
import { type App, apps } from '../release/artifact.ts';

export interface LogSources {
  /** What each unit of the journal is shown as. */
  readonly units: Readonly<Record<string, string>>;
  /** Files of nginx. */
  readonly files: readonly { readonly path: string; readonly source: string; readonly kind: 'access' | 'error' }[];
}

export const logComponents: readonly (App | 'all')[] = [...apps, 'all'];

const ofApp: Readonly<Record<App, readonly [HostName, LogSources]>> = {
  web: [
    'aws',
    {
      units: {},
      files: [
        { path: '/var/log/nginx/access.log', source: 'web', kind: 'access' },
        { path: '/var/log/nginx/error.log', source: 'web', kind: 'error' },
      ],
    },
  ],
  api: ['aws', { units: { 'dojang-api@a.service': 'api@a', 'dojang-api@b.service': 'api@b', [earlierUnit]: 'api' }, files: [] }],
  ai: ['gcp', { units: { 'dojang-ai.service': 'ai' }, files: [] }],
};

/** What is read on each host; a host without anything is left out. */
export function logSources(component: App | 'all'): ReadonlyMap<HostName, LogSources> {
  const chosen = component === 'all' ? apps : [component];
  const found = new Map<HostName, LogSources>();
  for (const app of chosen) {
    const [host, { units, files }] = ofApp[app];
    const before = found.get(host) ?? { units: {}, files: [] };
    found.set(host, { units: { ...before.units, ...units }, files: [...before.files, ...files] });
  }
  return found;
}
