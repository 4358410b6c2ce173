/** Opens the pages of a release of the web, as a visitor without a cache does. */
import type { Browser, BrowserContext } from 'playwright-core';
import { messageOf } from '../../../../lib/errors/dojang-error.ts';
import type { Progress } from '../../../../lib/ports/reporter.ts';
import type { Signal } from '../../../../lib/release/plan/triggers.ts';
import type { Sample } from '../../../../lib/release/plan/watch.ts';
import { probeAgent } from '../../../../lib/release/probe/script.ts';
import { browserPath } from '../../../prerequisites/browser.ts';
import { measure, type Probing } from './measure.ts';
import { fetchPages } from './web-fetch.ts';
import { hidden, isMaintenance, type Visit } from './web-visit.ts';

export interface WebTestOptions {
  /** Of the site, without a slash at the end. */
  readonly url: string;
  /** Of a private authority, which this machine does not know. */
  readonly privateAuthority: boolean;
  /** Path of a Chromium; empty for none. @default the one of this machine */
  readonly browser?: string;
  /** That a page, or a file of one, may take. @default 20 */
  readonly pageSeconds?: number;
}

/** Main page, the page that asks to sign in, and the checklist. */
const pages = ['/', '/contracts', '/checklist'] as const;

const shownSeconds = 5;

/**
 * A sample of `main-page` for each page and, where there is a Chromium, one of `console`: an error
 * in the console is critical unless the API has only refused something. What nginx hides behind its
 * maintenance page cannot be tested. Where no page answers at all, the fault may be one of this
 * machine (its name server, VPN or proxy): then the host itself is asked for the main page, and
 * what it answers decides.
 * @throws DojangError `not-measured`, `host-unreachable`, `host-timeout` when the host is asked
 */
export async function webTest(options: WebTestOptions, probing: Probing): Promise<readonly Sample[]> {
  const visits = await visitPages(options, probing.progress);
  const samples = visits.flatMap((visit) => visit.samples);
  return visits.some(({ isAnswered }) => isAnswered) ? samples : askHost(samples, probing);
}

/** @param failed of the pages, which were not reached from here */
async function askHost(failed: readonly Sample[], probing: Probing): Promise<readonly Sample[]> {
  probing.progress('no page can be reached from here: the host is asked for the main page');
  const measured = await measure(probing, { component: 'web', seconds: 1 });
  const pages = measured.samples.flatMap((sample) => (sample.kind === 'probe' && sample.signal === 'main-page' ? [sample] : []));
  if (pages.length === 0 || pages.some(({ ok }) => !ok)) {
    return [...failed, ...pages.map((page) => ({ ...page, note: `from here no page can be reached, and the host has: ${page.note}` }))];
  }
  const reason = failed.find((sample) => sample.kind === 'probe')?.note ?? 'no answer';
  return pages.map((page) => ({ ...page, note: `the pages were not tested from here, but the host answers (${reason})` }));
}

async function visitPages(options: WebTestOptions, progress: Progress): Promise<readonly Visit[]> {
  const { pageSeconds = 20 } = options;
  const browser = await startBrowser(options.browser ?? (await browserPath()), progress);
  if (!browser) {
    progress('there is no Chromium here: pages and their files are fetched');
    return fetchPages(options, pages, pageSeconds);
  }
  progress('opening the pages in Chromium');
  try {
    const context = await browser.newContext({ ignoreHTTPSErrors: options.privateAuthority, userAgent: `${probeAgent} Chromium` });
    const visits: Visit[] = [];
    for (const path of pages) visits.push(await openPage(context, `${options.url}${path}`, pageSeconds));
    return visits;
  } finally {
    await browser.close();
  }
}

/** One that does not start is a fault of this machine, not of the release. */
async function startBrowser(program: string | undefined, progress: Progress): Promise<Browser | undefined> {
  if (!program) return undefined;
  try {
    const { chromium } = await import('playwright-core');
    return await chromium.launch({ executablePath: program, args: process.getuid?.() === 0 ? [...flags, ...asRoot] : flags });
  } catch (error) {
    progress(`Chromium does not start: ${messageOf(error).split('\n')[0]}`);
    return undefined;
  }
}

/** It asks its maker for nothing. */
const flags = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update'];
/** Its sandbox refuses to run as root. */
const asRoot = ['--no-sandbox'];

async function openPage(context: BrowserContext, url: string, pageSeconds: number): Promise<Visit> {
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !isRefusal(message.text(), message.location().url)) errors.push(message.text());
  });
  let isAnswered = false;
  page.on('response', (response) => {
    isAnswered ||= response.request().isNavigationRequest();
  });
  const began = performance.now();
  const seconds = () => (performance.now() - began) / 1000;
  try {
    const answer = await page.goto(url, { timeout: pageSeconds * 1000 });
    const status = answer?.status() ?? 0;
    if (isMaintenance(status, answer?.headers()['retry-after'])) return { isAnswered, samples: [hidden(seconds())] };
    const shown = await page
      .locator('main', { hasText: /\S/ })
      .first()
      .waitFor({ timeout: shownSeconds * 1000 })
      .then(
        () => true,
        () => false,
      );
    // What it asks for once it is shown; a page that never rests is no fault.
    await page.waitForLoadState('networkidle', { timeout: shownSeconds * 1000 }).catch(() => undefined);
    if (!shown) errors.push('nothing is shown');
    const pageNote = status === 200 ? undefined : `status ${status}`;
    return {
      isAnswered,
      samples: [probe('main-page', seconds(), url, pageNote), probe('console', seconds(), url, errors[0])],
    };
  } catch (error) {
    return { isAnswered, samples: [probe('main-page', seconds(), url, messageOf(error).split('\n')[0])] };
  } finally {
    await page.close();
  }
}

/** @param fault missing where there is none */
function probe(signal: Signal, seconds: number, url: string, fault: string | undefined): Sample {
  return { kind: 'probe', signal, ok: fault === undefined, seconds, ...(fault !== undefined && { note: `${url}: ${fault}` }) };
}

/** The API refuses those who are not signed in, and the browser notes it; 5xx is a fault. */
function isRefusal(text: string, url: string): boolean {
  return /^Failed to load resource.* 4\d\d /.test(text) && URL.canParse(url) && new URL(url).pathname.startsWith('/api/');
}
