/**
 * A review as SARIF 2.1.0, for code scanning: each problem at the line of the plan that it is
 * about.
 */
import type { Log, ReportingDescriptor, Result } from 'sarif';
import { type Problem, problemsOf, riskRules } from '../problems.ts';
import type { Review } from '../review.ts';

/** A review and the plan file that it is about. */
export interface Planned {
  readonly review: Review;
  /** Path within the repository. */
  readonly file: string;
  /** Content after the change; empty when the file is gone. */
  readonly text: string;
}

export function sarifOf(planned: readonly Planned[]): Log {
  const rules = new Map(planned.flatMap(({ review }) => rulesOf(review)).map((rule) => [rule.id, rule]));
  const results = planned.flatMap((each) => problemsOf(each.review).map((problem) => resultOf(problem, each)));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'dojang review', rules: [...rules.values()] } }, results }],
  };
}

function rulesOf({ verdicts }: Review): ReportingDescriptor[] {
  return [
    ...verdicts.map(({ policy, about }) => ({ id: `policy/${policy}`, shortDescription: { text: about } })),
    ...Object.entries(riskRules).map(([kind, about]) => ({ id: `risk/${kind}`, shortDescription: { text: about } })),
  ];
}

function resultOf({ rule, level, message, resource }: Problem, { review, file, text }: Planned): Result {
  const logicalLocations = resource && [
    { name: resource.id, fullyQualifiedName: `${resource.cloud}/${resource.stack}/${resource.id}`, kind: 'resource' },
  ];
  return {
    ruleId: rule,
    level,
    message: { text: `${review.environment}: ${message}` },
    locations: [{ physicalLocation: { artifactLocation: { uri: file }, region: { startLine: lineOf(resource, text) } }, logicalLocations }],
    partialFingerprints: {
      'dojang/v1': [review.environment, rule, resource?.cloud, resource?.stack, resource?.id].filter(Boolean).join(' '),
    },
  };
}

/** The line of a plan on which a resource is named; the first one when it is not in it. */
function lineOf(resource: Problem['resource'], text: string): number {
  if (!resource) return 1;
  const lines = text.split('\n').map((line) => line.trim());
  const id = `"id": ${JSON.stringify(resource.id)},`;
  const stack = `"stack": ${JSON.stringify(resource.stack)},`;
  const found = lines.findIndex((line, index) => line === id && lines[index - 1] === stack);
  return found === -1 ? 1 : found + 1;
}
