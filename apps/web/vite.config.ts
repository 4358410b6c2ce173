/** How the site is built and served while it is written. */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { precompress } from './precompress.ts';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [react(), precompress()],
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Nothing is inlined: the content security policy allows files of our own origin only.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { onLog: quietDirectives },
  },
  server: { host: '127.0.0.1', proxy: { '/api': 'http://127.0.0.1:8080' } },
});

/**
 * "use client" means nothing to a site without server components, and each library's file would be
 * a warning.
 */
function quietDirectives(
  level: 'warn' | 'info' | 'debug',
  log: { code?: string },
  pass: (level: 'warn' | 'info' | 'debug', log: never) => void,
) {
  if (log.code !== 'MODULE_LEVEL_DIRECTIVE') pass(level, log as never);
}
