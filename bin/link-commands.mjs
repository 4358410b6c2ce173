/**
 * Runs after `npm ci`: `npx dojang` finds this project's command, and `npx` and `npm run` its Node
 * where npm 9 makes no link to it.
 */
import { existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { projectNode } from './project-node.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const commands = join(here, '..', 'node_modules', '.bin');

mkdirSync(commands, { recursive: true });
link('dojang', join(here, 'dojang.mjs'));
// npm's own scripts do without this one: it lets the tools' own commands (npx vitest, npx cdk) run
// in the project's Node too.
try {
  const node = projectNode();
  if (node.folder && !existsSync(join(commands, 'node'))) link('node', node.command);
} catch (error) {
  // Installed without optional packages, or on a platform that has none: `dojang` says the same
  // when it is used.
  process.stderr.write(`dojang: ${error.message}\n`);
}

function link(name, target) {
  rmSync(join(commands, name), { force: true });
  symlinkSync(relative(commands, target), join(commands, name));
}
