/** Which environments are judged, and by whose policies. */
import { expect, it } from 'vitest';
import type { Environment } from '../../lib/config/environment.ts';
import { policies } from '../../lib/config/policies.ts';
import { hostedModels } from '../../lib/cost/sources/hosted-model.ts';
import type { PlannedResource } from '../../lib/inventory/resource.ts';
import { type Configuration, type ReviewOptions, review } from '../../scripts/review.ts';
import { usage } from '../lib/cost/books.ts';
import { machine, prices, usual } from '../lib/cost/review/small.ts';

const options: ReviewOptions = { environments: [], format: 'markdown', output: undefined };
const strict = { models: [], policies: policies.parse({ monthlyLimit: '100 USD' }), credits: [] };

interface State {
  readonly planned?: readonly PlannedResource[];
  readonly configured: boolean;
}

function at(name: string, { planned, configured }: State): Configuration {
  const of = { service: 'shop', environment: 'prod', account: '123456789012', project: 'shop' };
  const regions = { aws: 'ap-northeast-2', gcp: 'asia-northeast3' };
  const text = planned && JSON.stringify({ version: 1, of, regions, resources: planned });
  const revision = { name, environments: planned ? ['prod'] : [], text: () => text, config: () => undefined };
  return { revision, configured: () => (configured ? strict : undefined) };
}

const ports = { book: prices, rate: undefined, usage: usage({}), write: () => undefined, comments: undefined };

const outcomeOf = (base: State, head: State) => review(options, { ...ports, base: at('main', base), head: at('change', head) });

const bigger = [...usual, machine({ InstanceType: 'm7g.xlarge' })];

it('judges a plan by the policies of its environment', async () => {
  const { failure } = await outcomeOf({ planned: usual, configured: true }, { planned: bigger, configured: true });
  expect(failure).toMatchObject({ code: 'cost-policy', message: 'this change is refused by monthly-limit of prod' });
});

it.each([true, false])('takes no plan whose environment is not configured any more, whether it was before: %s', async (configured) => {
  const outcome = outcomeOf({ planned: usual, configured }, { planned: bigger, configured: false });
  await expect(outcome).rejects.toMatchObject({
    code: 'not-configured',
    message: 'change has plans/prod.json, but no environment prod in dojang.config.ts',
    next: expect.stringContaining('remove plans/prod.json'),
  });
});

it('says that a model is hosted where nobody has prices of', async () => {
  const ai = { engine: 'endpoint', endpoint: 'https://models.example.com/v1', model: 'llama' } as const;
  const before = at('main', { planned: usual, configured: true });
  const head = at('change', { planned: usual, configured: true });
  const after = { ...head, configured: () => ({ ...strict, models: hostedModels({ ai } as Environment) }) };
  const { lines = [] } = await review(options, { ...ports, base: before, head: after });
  expect(lines.join('\n')).toMatch(/^### Cost of prod: a change that could not be priced$/m);
  expect(lines.join('\n')).toContain('- `model` Input tokens, `model` Output tokens: no prices of models.example.com, which runs llama');
  expect(lines.join('\n')).toContain('⚠️ monthly limit: ');
});

it('lets an environment go with its plan', async () => {
  const { failure, lines } = await outcomeOf({ planned: usual, configured: true }, { configured: false });
  expect(failure).toBeUndefined();
  expect(lines?.join('\n')).toMatch(/^### Cost of prod: -79\.00 USD a month.* ⛔ loses a machine, data$/m);
});
