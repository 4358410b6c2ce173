/** Everything fails at once, and every contract that was acknowledged is answered once. */
import { setTimeout as wait } from 'node:timers/promises';
import type { APIRequestContext } from 'playwright-core';
import { expect, it } from 'vitest';
import { plug, unplug } from '../../../scripts/local/hosts/machine/power.ts';
import { photographs, signedIn } from './person.ts';
import { type Place, servingApi } from './place.ts';

const contracts = 55;
const name = `outage ${Date.now()}`;

export function describeOutage(place: Place): void {
  it('API killed, MySQL restarted, AI host off until it is missed: each contract is answered once', async () => {
    const { context } = await signedIn(place, name);
    const [photo] = await photographs(place.browser, ['제1조 (보증금의 반환) 임대인은 새로운 임차인이 구해져야 보증금을 반환한다.']);
    if (!photo) throw new Error('no photograph');
    // The AI server takes work and does not get on with it. Its watchdog would start it anew.
    await place.must('gcp', 'systemctl service-watchdogs no && systemctl kill --signal=STOP dojang-ai.service');
    const ids = await Promise.all(
      Array.from({ length: contracts }, (_, index) => submit(context.request, place.url, distinct(photo.buffer, index))),
    );
    expect(new Set(ids).size).toBe(contracts);
    // Half of the five that are worked on at once, rounded down, are of one person.
    await until(place, 2, "status = 'running'", 60);
    await place.must('aws', `kill -9 $(systemctl show --property=MainPID --value ${servingApi})`);
    unplug(place.clone.hosts, 'gcp');
    await place.must('aws', 'systemctl restart mysql.service');
    expect(await place.must('aws', count("status IN ('waiting', 'running')"))).toBe(String(contracts));
    // Leases of the API that was killed have run out, and the API has tried again in vain.
    await until(place, 1, 'attempts > 1', 240);
    plug(place.clone.hosts, 'gcp');
    await until(place, contracts, `status = 'answered' AND person_id = (SELECT id FROM people WHERE name = '${name}')`, 240);
    for (const id of ids) {
      const found = await (await context.request.get(`${place.url}/api/contracts/${id}`)).json();
      expect(found).toMatchObject({ status: 'answered', result: { pages: [{ ocr: true }] } });
    }
    const ends = await place.must('aws', `journalctl --unit='dojang-api@*' --output=cat --no-pager | grep '"contract ended"'`);
    for (const id of ids) expect(ends.split(id)).toHaveLength(2);
    await context.close();
  });
}

/** The same picture to look at, another content: what follows the end of a PNG is not read. */
function distinct(png: Buffer, number: number): Buffer {
  return Buffer.concat([png, Buffer.from(`${name} ${number}`)]);
}

async function submit(request: APIRequestContext, url: string, buffer: Buffer): Promise<string> {
  const answer = await request.post(`${url}/api/contracts`, {
    headers: { origin: url },
    multipart: { pages: { name: '1.png', mimeType: 'image/png', buffer }, locale: 'ko' },
  });
  expect(answer.status(), await answer.text()).toBe(202);
  return (await answer.json()).id;
}

const count = (condition: string) => `mysql dojang -Ne "SELECT COUNT(*) FROM contracts WHERE ${condition.replaceAll('"', '')}"`;

/** Waits until so many contracts are so. @throws after the limit */
async function until(place: Place, number: number, condition: string, limitSeconds: number): Promise<void> {
  const end = Date.now() + limitSeconds * 1000;
  let found = 0;
  while (Date.now() < end) {
    found = Number((await place.on('aws', count(condition))).stdout);
    if (found >= number) return;
    await wait(200);
  }
  throw new Error(`${found} instead of ${number} contracts with ${condition} after ${limitSeconds} s`);
}
