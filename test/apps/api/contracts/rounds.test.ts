/** When a waiting contract's turn comes, and what its person reads about it. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ProcessingTime } from '../../../../apps/api/src/contracts/progress/processing-time.ts';
import { QueuePositions } from '../../../../apps/api/src/contracts/progress/queue-position.ts';
import { Rounds } from '../../../../apps/api/src/contracts/progress/rounds.ts';
import { useMysql } from '../mysql.ts';
import { submit, useStage } from './service.ts';

const mysql = useMysql();
const stage = useStage(mysql);

/**
 * Each round takes the first of the line that fit, and passes over people who have their share in
 * it.
 */
function worked(places: number, share: number, line: readonly number[]): number[] {
  const rounds: number[] = line.map(() => -1);
  for (let round = 0; rounds.includes(-1); round++) {
    const inRound: number[] = [];
    line.forEach((person, at) => {
      const isFree = inRound.length < places && inRound.filter((each) => each === person).length < share;
      if (rounds[at] !== -1 || !isFree) return;
      inRound.push(person);
      rounds[at] = round;
    });
  }
  return rounds;
}

it('comes in the round in which the worker takes it', () => {
  const lines = fc.tuple(
    fc.integer({ min: 1, max: 6 }),
    fc.integer({ min: 1, max: 6 }),
    fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 60 }),
  );
  fc.assert(
    fc.property(lines, ([places, share, line]) => {
      const rounds = new Rounds(places, Math.min(places, share));
      expect(line.map((person) => rounds.add(person))).toEqual(worked(places, Math.min(places, share), line));
    }),
  );
});

it('comes after the contracts that are being worked on', () => {
  const rounds = new Rounds(4, 2);
  for (const person of [1, 1, 2]) rounds.addRunning(person);
  expect([1, 3, 3, 1, 2].map((person) => rounds.add(person))).toEqual([1, 0, 1, 1, 1]);
});

it.each([
  ['one person has all of them', () => 1],
  ['everyone has one', (at: number) => at],
  ['one person has every other', (at: number) => (at % 2 ? 0 : at)],
])('is quick for 100,000 contracts when %s', (_, personOf) => {
  const rounds = new Rounds(4, 2);
  const began = performance.now();
  for (let at = 0; at < 100_000; at++) rounds.add(personOf(at));
  expect(performance.now() - began).toBeLessThan(2_000);
});

async function positions(): Promise<QueuePositions> {
  const pace = new ProcessingTime(mysql.db, () => new Date());
  Object.defineProperty(pace, 'typicalMs', { value: 10_000 });
  const read = new QueuePositions({ db: mysql.db, clock: () => new Date(), pace, concurrency: 4, stalled: () => false });
  await read.refresh();
  return read;
}

const secondsOf = (line: QueuePositions, id: string) => {
  const open = line.find(id);
  return open && /About (.*)\./.exec(line.progress(open).message.en)?.[1];
};

it('counts the own earlier contracts by the share of their person', async () => {
  const service = stage.idle({ ai: { deadlineSeconds: 300 } });
  const person = await service.person();
  const ids: string[] = [];
  for (let at = 0; at < 6; at++) ids.push(await submit(person, `own ${at}`));
  const line = await positions();
  expect(ids.map((id) => secondsOf(line, id))).toEqual([
    '10 seconds',
    '10 seconds',
    '20 seconds',
    '20 seconds',
    '30 seconds',
    '30 seconds',
  ]);
});

it('does not count contracts of another person that take no place from it', async () => {
  const service = stage.idle({ ai: { deadlineSeconds: 300 } });
  const [eager, first, second] = await Promise.all(['많이', '하나', '둘'].map((name) => service.person(name)));
  if (!eager || !first || !second) throw new Error('a contract is missing');
  for (let at = 0; at < 6; at++) await submit(eager, `eager ${at}`);
  const others = [await submit(first, 'first'), await submit(second, 'second')];
  await mysql.db.query('UPDATE contracts SET turn = 100 WHERE id IN (?)', [others]);
  const line = await positions();
  expect(others.map((id) => [line.find(id)?.position, secondsOf(line, id)])).toEqual([
    [7, '10 seconds'],
    [8, '10 seconds'],
  ]);
});
