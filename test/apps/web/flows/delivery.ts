/** What is delivered: hashed, compressed, small, nothing inline. */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Site } from '../site.ts';

const budget = 150 * 1024;

export function describeDelivery(site: () => Site): void {
  describe('what is delivered', () => {
    it('has a digest in each name under assets, and no source maps', () => {
      const names = readdirSync(join(site().dist, 'assets')).map((name) => name.replace(/\.gz$/, ''));
      expect(names.length).toBeGreaterThan(10);
      for (const name of names) expect(name).toMatch(/-[\w-]{8}\.(?:js|css)$/);
    });

    it('lies compressed beside itself', () => {
      const files = readdirSync(site().dist, { recursive: true, encoding: 'utf8' }).map((name) => join(site().dist, name));
      const large = files.filter((file) => /\.(?:js|css|html)$/.test(file) && statSync(file).size > 1024);
      expect(large.length).toBeGreaterThan(5);
      for (const file of large) expect(gunzipSync(readFileSync(`${file}.gz`)).equals(readFileSync(file))).toBe(true);
    });

    it('needs nothing inline', () => {
      const html = readFileSync(join(site().dist, 'index.html'), 'utf8');
      expect(html).not.toMatch(/<style|style="|<script(?![^>]*src=)|data:/);
    });

    it('loads less than 150 KB of script for the home page', async () => {
      const page = await site().visit('/');
      const loaded = await page.evaluate<string[]>('performance.getEntriesByType("resource").map((entry) => entry.name)');
      const scripts = loaded.filter((name) => extname(new URL(name).pathname) === '.js');
      const sizes = scripts.map((name) => statSync(join(site().dist, 'assets', `${basename(name)}.gz`)).size);
      expect(scripts.length).toBeGreaterThan(0);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(budget);
    });
  });
}
