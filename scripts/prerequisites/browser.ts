/** The Chromium that tests drive. */
import { existsSync } from 'node:fs';
import { processVariables } from '../io/process/process-environment.ts';

/**
 * `CHROMIUM_PATH` where it is set, else Debian's, else the one that Playwright downloaded;
 * undefined when there is none.
 */
export async function browserPath(): Promise<string | undefined> {
  const { CHROMIUM_PATH: chosen } = processVariables();
  if (chosen) return chosen;
  if (existsSync('/usr/bin/chromium')) return '/usr/bin/chromium';
  // A development dependency, which an installation without those does not have.
  const playwright = await import('playwright-core').catch(() => undefined);
  const path = playwright?.chromium.executablePath();
  return path && existsSync(path) ? path : undefined;
}
