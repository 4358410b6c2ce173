/**
 * Prints what a release of the API declares of itself: `release.json` of its artifact
 * (apps/README.md).
 */
import { requiredSettings } from './settings.ts';

process.stdout.write(`${JSON.stringify({ settings: requiredSettings }, null, 2)}\n`);
