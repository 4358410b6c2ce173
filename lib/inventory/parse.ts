/**
 * Reads the text of a plan file, of whatever revision, and says what is wrong with one that cannot
 * be read.
 */
import * as z from 'zod';
import { DojangError, messageOf } from '../errors/dojang-error.ts';
import type { Inventory } from './resource.ts';

/** The version that this dojang writes and reads. */
const current = 1;

/** As far as everything else relies on it; properties are whatever a cloud takes. */
const inventory = z.object({
  version: z.literal(current),
  of: z.object({ service: z.string(), environment: z.string(), account: z.string(), project: z.string() }),
  regions: z.object({ aws: z.string(), gcp: z.string() }).optional(),
  resources: z.array(
    z
      .object({
        cloud: z.enum(['aws', 'gcp', 'runpod']),
        stack: z.string(),
        id: z.string(),
        type: z.string(),
        properties: z.record(z.string(), z.unknown()),
        retained: z.literal(true).optional(),
        // What `retained` was called in plans of earlier revisions, which a review compares with.
        kept: z.literal(true).optional(),
      })
      .transform(({ kept, ...resource }) => (kept ? { ...resource, retained: true } : resource)),
  ),
});

/**
 * @param name what the text is called in messages: `plans/prod.json`, `plans/prod.json of main`.
 * @throws DojangError `newer-plan` for a version to come, `damaged-plan` for a text that is cut
 *   off or no plan.
 */
export function parseInventory(text: string, name: string): Inventory {
  const json = parsed(text, name);
  const version = versionOf(json);
  if (version !== undefined && version > current) {
    throw new DojangError('newer-plan', `${name} has version ${version} and this dojang reads version ${current}`, {
      why: 'A plan that is read wrongly would show wrong changes and wrong costs.',
      next: 'use the dojang that wrote it',
    });
  }
  const { success, data, error } = inventory.safeParse(json);
  if (success) return data as Inventory;
  const [issue] = error.issues;
  throw damaged(name, `${issue?.path.join('.') || 'it'}: ${issue?.message}`);
}

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw damaged(name, messageOf(error));
  }
}

function versionOf(json: unknown): number | undefined {
  const version = typeof json === 'object' && json !== null && 'version' in json ? json.version : undefined;
  return typeof version === 'number' ? version : undefined;
}

function damaged(name: string, what: string): DojangError {
  return new DojangError('damaged-plan', `${name} is not a plan (${what})`, {
    why: 'What holds data is guarded by comparison with this file.',
    next: `restore it from version control (git checkout ${name}), or delete it and run dojang plan --write`,
  });
}
