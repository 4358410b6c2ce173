/** The order of test files: those that take minutes begin first, so that no worker waits at the end for one that began last. */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const long = ['e2e/hosts.test', 'io/gcp/cloud.test', 'e2e/guard.test', 'e2e/killed.test', 'e2e/up.test', 'apps/web/site.test', 'e2e/'];

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = long.findIndex((part) => moduleId.includes(part));
      return found === -1 ? long.length : found;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
