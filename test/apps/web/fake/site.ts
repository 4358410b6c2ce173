/**
 * Serves the built site as the web server of a host does: compressed files as they are, strict
 * policy, pages for every other path.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { extname, join, normalize } from 'node:path';
import { Hono } from 'hono';

const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};

export function siteRoutes(dist: string): Hono {
  const app = new Hono();
  app.get('*', (c) => {
    const asked = join(dist, normalize(decodeURIComponent(c.req.path)));
    const isFile = existsSync(asked) && statSync(asked).isFile();
    if (!isFile && c.req.path.startsWith('/assets/')) return c.notFound();
    const file = isFile ? asked : join(dist, 'index.html');
    const squeezed = existsSync(`${file}.gz`);
    return c.body(readFileSync(squeezed ? `${file}.gz` : file), 200, {
      'content-type': types[extname(file)] ?? 'application/octet-stream',
      'content-security-policy': policy,
      'x-content-type-options': 'nosniff',
      ...(squeezed && { 'content-encoding': 'gzip' }),
    });
  });
  return app;
}
