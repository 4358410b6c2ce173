/**
 * The order of test files: the one that takes longest first, so that no worker waits for it at the
 * end; beside it those that need neither the engine nor the host image, which it builds on a new
 * machine; then what waits for both; then the short ones.
 */
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const order = ['test/e2e/hosts.test', 'test/apps/web/', 'test/apps/ai/', 'test/lib/', 'io/gcp/', 'test/e2e/interrupted', 'test/e2e/'];

export default class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => {
      const found = order.findIndex((part) => moduleId.includes(part));
      return found === -1 ? order.length : found;
    };
    return (await super.sort(files)).toSorted((one, other) => rank(one) - rank(other));
  }
}
