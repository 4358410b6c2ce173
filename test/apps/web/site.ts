/** The site as it is delivered, in a real browser, with an imitated service behind it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { root } from '../../../scripts/io/state.ts';
import { openWatched, startBrowser, type Watched, type WatchedOptions } from '../../browser.ts';
import type { FakeState } from './fake/state.ts';
import { type FakeService, startFakeService } from './fake-api.ts';

export const desktop = { width: 1280, height: 900 } as const;
export const phone = { width: 390, height: 844, touch: true } as const;
export const smallPhone = { width: 360, height: 740, touch: true } as const;

export class Site {
  readonly dist: string;
  readonly #fake: FakeService;
  readonly #browser: Browser;
  #open: Visit[] = [];
  /** Open pages that are free for reuse: a new window takes four times as long. */
  #idle: Visit[] = [];

  private constructor(dist: string, fake: FakeService, browser: Browser) {
    this.dist = dist;
    this.#fake = fake;
    this.#browser = browser;
  }

  /** Builds the site into a folder of its own and starts everything. */
  static async start(): Promise<Site> {
    const dist = mkdtempSync(join(tmpdir(), 'dojang-web-'));
    build(dist);
    return new Site(dist, await startFakeService(dist), await startBrowser());
  }

  get state(): FakeState {
    return this.#fake.state;
  }

  get url(): string {
    return this.#fake.url;
  }

  /** Opens a page as if for the first time; what goes wrong on it is kept until `leave`. */
  async visit(path: string, chosen: Partial<WatchedOptions> = {}): Promise<Page> {
    const visit = await this.#window({ url: this.url, ...desktop, ...chosen });
    const { page } = visit.watched;
    await page.goto(path);
    await page.locator('h1').waitFor();
    return page;
  }

  async #window(options: WatchedOptions): Promise<Visit> {
    const kept = this.#idle.find((each) => isDeepStrictEqual(each.options, options));
    this.#idle = this.#idle.filter((each) => each !== kept);
    const visit = kept ?? { options, watched: await openWatched(this.#browser, options) };
    this.#open.push(visit);
    return visit;
  }

  /** Leaves all pages and forgets all data. @returns what must not have happened on any of them */
  async leave(): Promise<string[]> {
    const left = this.#open;
    this.#open = [];
    await Promise.all(left.map(forget));
    this.#idle.push(...left);
    this.state.reset();
    return left.flatMap(({ watched: { errors, outside } }) => [...errors.splice(0), ...outside.splice(0)]);
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.#fake.close();
    rmSync(this.dist, { recursive: true });
  }
}

interface Visit {
  readonly options: WatchedOptions;
  readonly watched: Watched;
}

/** Makes a window as it was when it was new: nothing stored, nothing emulated. */
async function forget({ options, watched: { context, page } }: Visit): Promise<void> {
  await context.setOffline(false);
  await page.evaluate('localStorage.clear(); sessionStorage.clear()');
  await page.goto('about:blank');
  await context.clearCookies();
  await page.setViewportSize(options);
  await page.emulateMedia({ media: null, colorScheme: options.scheme ?? 'light', reducedMotion: options.reducedMotion ?? 'no-preference' });
}

/**
 * By the command that the release uses, in a process that does not take over what a test run sets.
 */
function build(dist: string): void {
  const { NODE_ENV: _, VITEST: __, ...env } = process.env;
  const args = [
    join(root, 'node_modules/vite/bin/vite.js'),
    'build',
    join(root, 'apps/web'),
    '--outDir',
    dist,
    '--emptyOutDir',
    '--logLevel',
    'warn',
  ];
  execFileSync(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
}
