/** An environment with its host, its records and what is announced, for tests of releases. */
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import type { Notice } from '../../../../lib/notify/notices.ts';
import { parseRecord, type ReleaseRecord } from '../../../../lib/release/record.ts';
import type { ReleasePorts } from '../../../../scripts/runtime/release/ports.ts';
import { readRecords } from '../../../../scripts/runtime/release/records.ts';
import { releaseComponent } from '../../../../scripts/runtime/release/release.ts';
import type { ReleaseRequest } from '../../../../scripts/runtime/release/run-state.ts';
import { MemoryClouds } from '../../memory-clouds.ts';
import { FakeHost } from './fake-host.ts';
import { MemoryRecords } from './memory-records.ts';

/** Of a content that a letter stands for. */
export const digestOf = (letter: string) => letter.repeat(64);
const environment = environmentOf(service, 'prod');

export class Site {
  readonly host = new FakeHost();
  readonly store = new MemoryRecords();
  readonly clouds = new MemoryClouds(environment);
  readonly notices: string[] = [];
  readonly hooks: string[] = [];
  /** How the work ended and why, as each of these hooks got it. */
  readonly hookEnds: string[] = [];
  projectHooks: readonly string[] = [];
  readonly context = this.clouds.context();

  ports(content: string): ReleasePorts {
    return {
      aws: {
        outputs: async () => ({ ArtifactBucket: 'bucket' }),
        putArtifact: async () => true,
        recordStore: () => this.store,
        dumpStore: () => ({ stored: async () => ({ dumps: [], logs: [] }) }),
      },
      shell: this.host,
      notifier: { notify: async ({ text }: Notice) => void this.notices.push(text.split('\n')[0] ?? '') },
      hooks: {
        has: (name) => this.projectHooks.includes(name),
        run: async (name, { release = '', outcome = '', reason = '' }) => {
          this.hooks.push(`${name} ${release}`);
          this.hookEnds.push(`${name} ${outcome} ${reason}`.trim());
        },
      },
      who: { owner: 'kim', host: 'laptop' },
      checkout: { commit: 'abcdef0'.repeat(5), subject: 'easy contract: longer leases', uncommitted: false },
      site: async () => ({ url: 'https://127.0.0.1', privateAuthority: true }),
      now: () => new Date('2026-11-28T14:32:00Z'),
      build: async (app, target) => ({ app, target, digest: digestOf(content), file: '/nowhere', bytes: 1000 }),
    };
  }

  async release(content: string, more: Partial<ReleaseRequest> = {}) {
    const request: ReleaseRequest = { component: 'api', watchSeconds: 0, canary: false, ...more };
    const read = await readRecords(this.store);
    const row = (_: string, work: (progress: () => void) => Promise<string>) => work(() => undefined);
    return releaseComponent({ context: this.context, ports: this.ports(content), bucket: 'bucket', read, request, row });
  }

  async records(): Promise<readonly string[]> {
    const { records } = await readRecords(this.store);
    return records.map(({ id, outcome, digest }) => `${id} ${outcome} ${digest[0]}`);
  }

  record(id: string): ReleaseRecord {
    const record = parseRecord(this.store.texts.get(id) ?? '');
    if (!record) throw new Error(`no record ${id}`);
    return record;
  }
}

/** One that serves release a, with its record. */
export async function served(): Promise<Site> {
  const site = new Site();
  await site.release('a');
  site.host.ran.length = 0;
  return site;
}
