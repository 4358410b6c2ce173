/** A headless Chromium with a fresh profile. */
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { browserPath } from '../scripts/prerequisites/browser.ts';

/**
 * Chromium asks its maker for updates and lists otherwise, and QUIC does not go through every
 * forwarder.
 */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** @throws Error that says how to get one, when there is no Chromium. */
export async function startBrowser(args: readonly string[] = []): Promise<Browser> {
  const path = await browserPath();
  if (!path) throw new Error('no Chromium: npm test installs it, or set CHROMIUM_PATH');
  return chromium.launch({ executablePath: path, args: [...flags, ...args] });
}

export interface Watched {
  readonly context: BrowserContext;
  readonly page: Page;
  /** Errors in the console, uncaught ones, and violations of the content security policy. */
  readonly errors: string[];
  /** Requests to other origins than the site's. */
  readonly outside: string[];
}

export interface WatchedOptions {
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly scheme?: 'light' | 'dark';
  readonly locale?: string;
  readonly touch?: boolean;
  readonly reducedMotion?: 'reduce' | 'no-preference';
  /** The test moves the time of its pages forward. */
  readonly clock?: boolean;
}

/** A page in a context of its own that notes what must not happen. */
export async function openWatched(browser: Browser, options: WatchedOptions): Promise<Watched> {
  const { url, width, height, scheme = 'light', locale = 'ko-KR', touch = false, reducedMotion = 'no-preference' } = options;
  const context = await browser.newContext({
    baseURL: url,
    viewport: { width, height },
    colorScheme: scheme,
    reducedMotion,
    locale,
    timezoneId: 'Asia/Seoul',
    hasTouch: touch,
    isMobile: touch,
    ignoreHTTPSErrors: true,
  });
  if (options.clock) await context.clock.install();
  const page = await context.newPage();
  const errors: string[] = [];
  const outside: string[] = [];
  page.on('console', (message) => {
    // That the API refuses something is no fault of the page; the browser notes it all the same.
    const refused = message.text().startsWith('Failed to load resource') && new URL(message.location().url).pathname.startsWith('/api/');
    if (message.type() === 'error' && !refused) errors.push(message.text());
  });
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== new URL(url).origin) outside.push(request.url());
  });
  return { context, page, errors, outside };
}
