#!/usr/bin/env node
/**
 * Runs a program of this project with the Node that the project needs, whatever Node `node` is
 * (from 18 on):
 *
 *   node bin/launch.mjs bin/dojang.ts up     runs the file with the rest as its arguments
 *   node bin/launch.mjs --which              prints the path of that Node
 */
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import module from 'node:module';
import { constants } from 'node:os';
import { delimiter, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { projectNode } from './project-node.mjs';

/**
 * Runs the program and ends as it ends. Here, when this Node is new enough; else in the project's
 * own, which is also first on its PATH.
 * @param {string} file
 * @param {readonly string[]} args
 */
export async function launch(file, args) {
  const node = projectNode();
  if (args.includes('--verbose') || node.folder) {
    process.stderr.write(
      `Node ${node.version} (${node.command})${node.folder ? `, because Node ${process.versions.node} is too old` : ''}\n`,
    );
  }
  if (node.folder) return follow(node, [file, ...args]);
  process.argv = [process.execPath, file, ...args];
  module.enableCompileCache?.();
  await import(pathToFileURL(file).href);
}

/**
 * What ends this process ends the program, and the other way round. From a terminal both get
 * Ctrl-C: then the program decides.
 */
function follow({ command, folder }, args) {
  const env = { ...process.env, PATH: [folder, process.env.PATH].join(delimiter) };
  const child = spawn(command, args, { stdio: 'inherit', env });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => {
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  child.once('error', (error) => fail(error));
  child.once('exit', (code, signal) => process.exit(code ?? 128 + (constants.signals[signal] ?? 0)));
}

/** @param {Error} error */
function fail(error) {
  process.stderr.write(`dojang: ${error.message}\n`);
  process.exit(1);
}

/** A link leads here too. */
if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const [first, ...rest] = process.argv.slice(2);
  try {
    if (first === '--which') process.stdout.write(`${projectNode().command}\n`);
    else if (first) await launch(resolve(first), rest);
    else throw new Error('usage: node bin/launch.mjs <file> [argument ...]');
  } catch (error) {
    fail(error);
  }
}
