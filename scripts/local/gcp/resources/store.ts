/**
 * All that the embedded cloud holds: one file, written whole on each change, so that it outlives
 * the daemon.
 */
import { join } from 'node:path';
import type { Properties } from '../../../../lib/inventory/resource.ts';
import { readJson, writeJson } from '../../../io/state.ts';

/** One resource of the cloud, whatever created it. */
export interface CloudResource {
  readonly type: string;
  readonly id: string;
  /** What its maker asked for. */
  readonly inputs: Properties;
  /** What the cloud added: addresses, links, fingerprints, defaults. */
  readonly computed: Properties;
}

interface CloudFile {
  readonly version: 1;
  readonly resources: Readonly<Record<string, CloudResource>>;
}

const storeFile = (folder: string) => join(folder, 'cloud.json');

/** The cloud's contents. Keys are type and id: an attachment and a disk may carry the same id. */
export class Store {
  readonly folder: string;
  #resources: Map<string, CloudResource>;

  constructor(folder: string) {
    this.folder = folder;
    const file = readJson<CloudFile>(storeFile(folder));
    this.#resources = new Map(Object.entries(file?.resources ?? {}));
  }

  find(type: string, id: string): CloudResource | undefined {
    return this.#resources.get(key(type, id));
  }

  all(type?: string): readonly CloudResource[] {
    const resources = [...this.#resources.values()];
    return type === undefined ? resources : resources.filter((resource) => resource.type === type);
  }

  put(resource: CloudResource): void {
    this.#resources.set(key(resource.type, resource.id), resource);
    this.#save();
  }

  remove(type: string, id: string): void {
    if (this.#resources.delete(key(type, id))) this.#save();
  }

  #save(): void {
    const file: CloudFile = { version: 1, resources: Object.fromEntries(this.#resources) };
    writeJson(storeFile(this.folder), file);
  }
}

function key(type: string, id: string): string {
  return `${type} ${id}`;
}
