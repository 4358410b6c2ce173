/**
 * A review as a JUnit report: one suite an environment, one case a policy, and one for what must
 * not be lost.
 */
import imported, { type Builder, type TestSuite } from 'junit-report-builder';
import { type Problem, problemsOf } from '../problems.ts';
import type { Review } from '../review.ts';
import { headlineText } from './headline.ts';

/** Its types promise a default export inside of the default export; there is one. */
const junit = imported as unknown as Builder;

export function junitOf(reviews: readonly Review[]): string {
  const report = junit.newBuilder();
  for (const review of reviews) addSuite(report.testSuite().name(`dojang review ${review.environment}`), review);
  return report.build();
}

function addSuite(suite: TestSuite, review: Review): void {
  const problems = Map.groupBy(problemsOf(review), ({ rule }) => rule);
  suite.property('change of a month in USD', review.cost.known.toFixed());
  for (const { policy, about } of review.verdicts) addCase(suite, review, about, problems.get(`policy/${policy}`) ?? []);
  addCase(suite, review, 'Nothing is lost or left behind.', [...(problems.get('risk/lose') ?? []), ...(problems.get('risk/leave') ?? [])]);
}

/** A warning is printed and fails nothing. */
function addCase(suite: TestSuite, review: Review, name: string, problems: readonly Problem[]): void {
  const test = suite.testCase().className(`dojang.review.${review.environment}`).name(name);
  const errors = problems.filter(({ level }) => level === 'error');
  const [first] = errors;
  if (first) test.failure(errors.map(({ message }) => message).join('\n'), first.rule);
  const rest = problems.filter(({ level }) => level !== 'error');
  test.standardOutput([headlineText(review), ...rest.map(({ message }) => message)].join('\n'));
}
