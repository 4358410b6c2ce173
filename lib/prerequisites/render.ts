/** The list of what is missing, as lines for a terminal. */
import { tableLines } from '../text/table.ts';
import { counted } from '../values/counted.ts';
import { bytesText } from '../values/number-text.ts';
import type { InstallPlan, LeftOut } from './install-plan.ts';
import type { Area } from './requirements.ts';

/** How the Pulumi engine comes to a machine that has none. */
export type EngineSource =
  /** `bytes` undefined when the server does not say. */
  | { readonly from: 'download'; readonly version: string; readonly bytes: number | undefined }
  | { readonly from: 'build'; readonly version: string }
  | { readonly from: 'nowhere'; readonly version: string };

/** How Pebble comes to a machine that has none: the ACME server that plays Let's Encrypt. */
export interface AuthoritySource {
  readonly from: 'download' | 'build';
  readonly version: string;
}

/** What is fetched or built beside packages. */
export interface OtherSources {
  readonly engine?: EngineSource | undefined;
  readonly authority?: AuthoritySource | undefined;
}

/** Of one group: how many packages with all they depend on, and their size. */
export interface Download {
  readonly packages: number;
  readonly bytes: number;
}

const titles: Readonly<Record<Area, string>> = {
  clouds: 'clouds',
  hosts: 'hosts',
  browser: 'browser',
  ocr: 'text in images',
  scripts: 'scripts',
};

/** What does not work without an area. */
const consequences: Readonly<Record<Area, string>> = {
  clouds: 'the embedded AWS does not start',
  hosts: 'the clouds start without hosts, and the service is not released',
  browser: 'tests of pages in a browser fail',
  ocr: 'tests that read text in images fail',
  scripts: 'tests of rendered scripts fail',
};

/**
 * One row for each group, then the engine, the certificate authority and the sum.
 * @param downloads of each group of the plan in turn; undefined where apt does not know the
 *   packages yet
 */
export function missingLines(
  plan: InstallPlan,
  downloads: readonly (Download | undefined)[],
  { engine, authority }: OtherSources,
): string[] {
  const rows = plan.groups.map(({ area, packages }, index) => row(titles[area], packages.join(' '), sizeOf(downloads[index])));
  if (plan.playwrightBrowser) rows.push(row('browser', 'Chromium of Playwright, with its libraries by apt-get', 'about 180 MB'));
  if (engine) rows.push(row('engine', engineWords(engine), engineSize(engine)));
  if (authority) rows.push(row('authority', authorityWords(authority), ''));
  const known = downloads.filter((download) => download !== undefined);
  const total = known.reduce((sum, { bytes }) => sum + bytes, engine?.from === 'download' ? (engine.bytes ?? 0) : 0);
  if (total > 0) rows.push(row('', 'in all', bytesText(total)));
  return tableLines([{ min: 15 }, { gap: 1 }], rows);
}

/** What stays impossible, why, and what changes it. */
export function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  return leftOut.flatMap(({ area, reason, next }) => [`${titles[area]}: ${reason}; ${consequences[area]}`, `  Next: ${next}`]);
}

/**
 * Packages and bytes in the output of `apt-get install --print-uris`, whose lines are `'URI' file
 * size hash`.
 */
export function downloadIn(uris: string): Download {
  const sizes = [...uris.matchAll(/^'[^']+' \S+ (\d+)\b/gm)].map(([, size]) => Number(size));
  return { packages: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}

function row(title: string, text: string, size: string): string[] {
  return [title, size === '' ? text : `${text}   ${size}`];
}

function sizeOf(download: Download | undefined): string {
  if (!download) return 'size unknown before apt-get update';
  return `${counted(download.packages, 'package')}, ${bytesText(download.bytes)}`;
}

function engineWords({ from, version }: EngineSource): string {
  if (from === 'download') return `Pulumi ${version}, downloaded`;
  if (from === 'build') return `Pulumi ${version}, built by Go because its server can't be reached`;
  return `Pulumi ${version}: its server can't be reached and Go 1.26 is not installed; the embedded GCP does not start`;
}

function authorityWords({ from, version }: AuthoritySource): string {
  return `Pebble ${version}, ${from === 'build' ? 'built by Go in less than a minute' : 'downloaded'}`;
}

function engineSize(engine: EngineSource): string {
  if (engine.from === 'build') return 'about 5 minutes';
  return engine.from === 'download' && engine.bytes !== undefined ? bytesText(engine.bytes) : '';
}
