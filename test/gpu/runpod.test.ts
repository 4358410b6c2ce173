/** RunPod in place of the GPU machine: what the plan has then, and what it keeps. */
import { expect, it } from 'vitest';
import configuration from '../../dojang.config.ts';
import { registeredResources } from '../../gpu/evaluate.ts';
import { environmentOf } from '../../lib/config/environment.ts';
import { requireDeployable } from '../../lib/deployment/deployable.ts';
import { runpodResources } from '../../lib/inventory/runpod.ts';
import { inputs, prod } from './environments.ts';

const prodOf = (runpod: unknown) =>
  environmentOf({ ...configuration, environments: { prod: { ...configuration.environments.prod, runpod } } }, 'prod');
const names = async (environment: typeof prod) => (await registeredResources(environment, inputs)).map(({ name }) => name);

it('leaves out the machine and what hangs on it; address, disk and its snapshots stay', async () => {
  const [usual, without] = [await names(prod), await names({ ...prod, runpod: prodOf({ gpu: '24 GB' }).runpod })];
  const operators = usual.filter((name) => name.startsWith('ssh-') && name !== 'ssh-firewall');
  expect(operators.length).toBeGreaterThan(0);
  expect(usual.filter((name) => !without.includes(name)).toSorted()).toEqual(['ai-data-attachment', 'ai-machine', ...operators].toSorted());
  expect(without.filter((name) => !usual.includes(name))).toEqual([]);
});

it('plans an endpoint with the workers of the configuration', () => {
  expect(runpodResources(prod)).toEqual([]);
  expect(runpodResources(prodOf({ gpu: '48 GB PRO', workers: { active: 2 } }))).toEqual([
    {
      cloud: 'runpod',
      stack: 'runpod',
      id: 'ai-endpoint',
      type: 'runpod:serverless/endpoint:Endpoint',
      properties: { gpu: '48 GB PRO', name: 'dojang-prod-ai', workers: { active: 2, flex: 3 } },
    },
  ]);
});

it('is not deployed: going on would remove the machine and put nothing in its place', () => {
  expect(() => requireDeployable(prod)).not.toThrow();
  expect(() => requireDeployable(prodOf({ gpu: '24 GB' }))).toThrow('deploying to RunPod is not built yet');
});

it.each([
  [{ gpu: '12 GB' }, 'environments.prod.runpod.gpu', '"12 GB" is no GPU that RunPod sells; write one of 16 GB, 24 GB'],
  [{ gpu: '24 GB', workers: { flex: 0, active: 0 } }, 'environments.prod.runpod.workers', 'allow at least one'],
  [{ gpu: '24 GB', workers: { flex: -1, active: 2 } }, 'environments.prod.runpod.workers.flex', '-1 is too small; at least 0'],
])('%j is a fault', (runpod, path, message) => {
  expect(() => prodOf(runpod)).toThrow(expect.objectContaining({ faults: [{ path, message: expect.stringContaining(message) }] }));
});
