/** The site as it is delivered, in a real browser, with an imitated service behind it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  #open: Watched[] = [];

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

  /** Opens a page; what goes wrong on it is kept until `leave`. */
  async visit(path: string, options: Partial<WatchedOptions> = {}): Promise<Page> {
    const watched = await openWatched(this.#browser, { url: this.url, ...desktop, ...options });
    this.#open.push(watched);
    await watched.page.goto(path);
    await watched.page.locator('h1').waitFor();
    return watched.page;
  }

  /** Closes all pages and forgets all data. @returns what must not have happened on any of them */
  async leave(): Promise<string[]> {
    const wrong = this.#open.flatMap(({ errors, outside }) => [...errors, ...outside]);
    await Promise.all(this.#open.map(({ context }) => context.close()));
    this.#open = [];
    this.state.reset();
    return wrong;
  }

  async stop(): Promise<void> {
    await this.#browser.close();
    await this.#fake.close();
    rmSync(this.dist, { recursive: true });
  }
}

/** By the command that the release uses, in a process that does not take over what a test run sets. */
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
