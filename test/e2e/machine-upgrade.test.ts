/**
 * Both machines are replaced by new ones: what is on their data disks stays, whatever happens to
 * the command on the way.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Place } from './hosts/place.ts';
import { killedWhen, momentsOf } from './upgrade/killed-up.ts';
import { stopMachines } from './upgrade/power.ts';
import { digest, insertRows, Writer, writtenRows } from './upgrade/rows.ts';
import { placesOf, timeline } from './upgrade/timeline.ts';

const place = new Place();
const index = '/srv/data/ai/index.bin';
/**
 * When `up` is killed, in this order, and the step that it runs alone until then: side by side with
 * the other machine's, that one would be past its own moment. What is killed while the machine
 * stops finds it stopped the next time.
 */
const kills = [['stopping', 'aws-host'], ['removing', 'aws-host'], ['gpuStopping', 'gcp-ai'], ['booting']] as const;
const approval = ['--approve', 'Host', 'ai-machine'];
const images = ['ami-00000000000a64f00', 'ami-00000000000a64f01', 'ami-00000000000a64f02'];
const machine = "machine: 'n1-standard-2',\n        ";
const gpus = ['', 'gpu: { count: 2 },\n        ', 'gpu: { count: 4 },\n        '].map((gpu) => `${machine}${gpu}billing`);
let rows: string;
let vectors: string;
let written: number[] = [];

beforeAll(async () => {
  await place.start();
  await insertRows(place);
  rows = await digest(place);
  vectors = await place.must('gcp', `head -c 4194304 /dev/urandom >${index} && sync && sha256sum ${index}`);
});

afterAll(() => place.stop());

/**
 * Another image of the AWS host, as `cdk context --reset` brings it, and other GPUs of the GPU
 * machine.
 */
function replaceMachines(step: number): void {
  place.clone.edit('cdk.context.json', images[step - 1] ?? '', images[step] ?? '');
  place.clone.edit('dojang.config.ts', gpus[step - 1] ?? '', gpus[step] ?? '');
}

async function writer(): Promise<Writer> {
  const made = new Writer(place, written.length === 0 ? 1 : Math.max(...written) + 1);
  await expect.poll(() => made.acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(20);
  return made;
}

/**
 * All that was there before, every acknowledged commit, and a service that works from one side to
 * the other.
 */
async function expectNothingLost(made: Writer): Promise<void> {
  await made.ended;
  expect(await digest(place)).toBe(rows);
  const found = await writtenRows(place);
  expect(found.filter((id) => written.includes(id))).toEqual(written);
  expect(made.acknowledged.filter((id) => !found.includes(id))).toEqual([]);
  expect(found.length - written.length - made.acknowledged.length).toBeLessThanOrEqual(1);
  written = found;
  expect(await place.must('gcp', `sha256sum ${index}`)).toBe(vectors);
  const doctor = await place.clone.dojang('doctor');
  expect(doctor.code, doctor.text).toBe(0);
}

/** Each volume was unmounted before it was detached, and its machine had stopped before. */
function expectUnmountedFirst(lines: readonly string[]): void {
  const log = lines.join('\n');
  const aws = [/ aws: powered off; data disk vol-\w+ is unmounted/, / i-\w+: stopped/, / vol-\w+: detached from i-\w+; it was not mounted/];
  const gcp = [/ gcp: powered off; data disk \S+ is unmounted/, / dojang-local-ai: TERMINATED/, / \S+-data: detached; it was not mounted/];
  for (const [unmounted = -1, stopped = -1, detached = -1] of [placesOf(lines, aws), placesOf(lines, gcp)]) {
    expect(Math.min(unmounted, stopped), log).toBeGreaterThan(-1);
    expect(detached, log).toBeGreaterThan(Math.max(unmounted, stopped));
  }
  expect(log).not.toMatch(/: busy: |damaged|still mounted/);
}

const secondsSince = (start: Date) => `${Math.round((Date.now() - start.getTime()) / 1000)} s`;

describe('an approved upgrade of both machines', () => {
  it('is refused without the approval, and changes nothing then', async () => {
    replaceMachines(1);
    const refused = await place.clone.dojang('up');
    expect(refused.text).toMatch(/would replace Host \(AWS::EC2::Instance\) because ImageId changed/);
    expect(refused.text).toMatch(/would replace ai-machine/);
    expect(await digest(place)).toBe(rows);
  });

  it('stops each machine before its disk is detached, and loses no acknowledged row', async () => {
    const made = await writer();
    const start = new Date();
    const { code, text } = await place.clone.dojang('up', ...approval);
    const lines = timeline(place.clone, start);
    expect(code, `${text}\n${lines.join('\n')}`).toBe(0);
    process.stdout.write(`\nupgrade of both machines in ${secondsSince(start)}, ${made.acknowledged.length} rows written until the stop\n`);
    process.stdout.write(`${lines.join('\n')}\n`);
    expectUnmountedFirst(lines);
    await expectNothingLost(made);
  });

  it('ends in the same way when it is killed again and again', async () => {
    replaceMachines(2);
    const made = await writer();
    const start = new Date();
    const moments = await momentsOf(place.clone);
    for (const [moment, ...steps] of kills) {
      await killedWhen(place.clone, [...approval, ...steps.flatMap((step) => ['--only', step])], moments[moment]);
      process.stdout.write(`\nkilled after ${secondsSince(start)}: ${moment}\n`);
    }
    const { code, text } = await place.clone.dojang('up', ...approval);
    const lines = timeline(place.clone, start);
    expect(code, `${text}\n${lines.join('\n')}`).toBe(0);
    process.stdout.write(`killed four times, up after ${secondsSince(start)}\n`);
    expectUnmountedFirst(lines);
    await expectNothingLost(made);
  });
});

describe('a machine that is stopped', () => {
  it('is started by the next up, and the service is back', async () => {
    const start = new Date();
    await stopMachines(place.clone);
    const { code, text } = await place.clone.dojang('up');
    expect(code, text).toBe(0);
    process.stdout.write(`both stopped machines up after ${secondsSince(start)}\n`);
    const doctor = await place.clone.dojang('doctor');
    expect(doctor.code, doctor.text).toBe(0);
  });
});
