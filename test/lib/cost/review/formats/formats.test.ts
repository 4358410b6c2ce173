/** A review for tools: SARIF, JUnit and JSON say what the comment says. */
import { expect, it } from 'vitest';
import { reviewData } from '../../../../../lib/cost/review/formats/json.ts';
import { junitOf } from '../../../../../lib/cost/review/formats/junit.ts';
import { sarifOf } from '../../../../../lib/cost/review/formats/sarif.ts';
import { machine, other, reviewed, volume } from '../small.ts';

const after = [machine({ InstanceType: 'm7g.xlarge', Tags: [] }), volume({ Size: 40 })];
const review = reviewed({
  after,
  policies: { changeLimit: { amount: '50 USD' }, requiredTags: ['service'], forbiddenTypes: ['AWS::RDS::DBInstance'] },
});
const text = JSON.stringify({ resources: after }, null, 2);

it('SARIF: each problem at its line of the plan', () => {
  const { runs, version } = sarifOf([{ review, file: 'plans/prod.json', text }]);
  expect(version).toBe('2.1.0');
  const [run] = runs;
  const found = run?.results?.map(({ ruleId, level, locations }) => [
    ruleId,
    level,
    lineAt(locations?.[0]?.physicalLocation?.region?.startLine),
  ]);
  expect(found).toEqual([
    ['policy/change-limit', 'error', '{'],
    ['policy/required-tags', 'error', '"id": "Host",'],
    ['risk/lose', 'error', '"id": "Data",'],
    ['risk/stop', 'warning', '"id": "Host",'],
  ]);
  const rules = run?.tool.driver.rules?.map(({ id }) => id) ?? [];
  expect(rules).toEqual([...new Set(rules)]);
  for (const [ruleId] of found ?? []) expect(rules).toContain(ruleId);
  expect(run?.results?.[1]?.message.text).toBe('prod: Host (AWS::EC2::Instance) lacks the tag service; add them where it is declared');
});

function lineAt(line = 0): string | undefined {
  return text.split('\n')[line - 1]?.trim();
}

it('JUnit: a case for each policy and one for what must not be lost; a warning fails nothing', () => {
  const cases = [...junitOf([review]).matchAll(/<testcase classname="([^"]+)" name="([^"]+)"[^>]*>(.*?)<\/testcase>/gs)];
  expect(cases.map(([, place, name, inside]) => [place, name, inside?.includes('<failure') ? 'failed' : 'passed'])).toEqual([
    ['dojang.review.prod', 'One change adds no more to a month than policies.changeLimit.', 'failed'],
    ['dojang.review.prod', 'Nothing of policies.forbiddenTypes is planned.', 'passed'],
    ['dojang.review.prod', 'Everything that costs something and can carry tags has those of policies.requiredTags.', 'failed'],
    ['dojang.review.prod', 'Nothing is lost or left behind.', 'failed'],
  ]);
  expect(junitOf([reviewed({ after: [machine({ InstanceType: 'm7g.xlarge' }), volume()] })])).not.toContain('<failure');
});

it('JSON: exact amounts as text, and null where it is unknown', () => {
  const data = reviewData(
    reviewed({ after: [machine(), volume({ Size: 60 }), other('AWS::EC2::Instance', { InstanceType: 'm99.huge' }, 'Huge')] }),
  );
  expect(data).toMatchObject({
    before: '80',
    after: '81',
    change: '1',
    clouds: [{ provider: 'aws', before: '80', after: '81', change: '1', open: true }],
    opened: expect.arrayContaining([expect.objectContaining({ id: 'Huge', line: 'Machine' })]),
  });
  expect(data.lines.find(({ name, id }) => id === 'Huge' && name === 'Machine')).toMatchObject({
    before: undefined,
    after: { amount: null },
    change: null,
  });
  expect(data.unknown[0]).toMatchObject({ id: 'Huge', line: 'Machine', reason: 'no price of aws ec2 m99.huge in ap-northeast-2' });
});
