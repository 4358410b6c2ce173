#!/usr/bin/env node
/** The command `dojang` for any Node from 18 on: see dojang.ts. */
import { fileURLToPath } from 'node:url';
import { launch } from './launch.mjs';

await launch(fileURLToPath(new URL('dojang.ts', import.meta.url)), process.argv.slice(2));
