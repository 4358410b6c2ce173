/** Who is paid for the model that the configuration names. */
import { expect, it } from 'vitest';
import type { Environment } from '../../../../lib/config/environment.ts';
import { costDifference, isOpen } from '../../../../lib/cost/difference/difference.ts';
import { estimateCost } from '../../../../lib/cost/estimate/estimate.ts';
import { serviceUsage } from '../../../../lib/cost/estimate/traffic.ts';
import { hostedModels } from '../../../../lib/cost/sources/hosted-model.ts';
import { readPriceBook } from '../../../../scripts/io/prices/book-folder.ts';
import { day } from '../day.ts';

const ask = (endpoint: string, model: string) => hostedModels({ ai: { engine: 'endpoint', endpoint, model } as Environment['ai'] });

it.each([
  ['https://api.anthropic.com/v1', 'claude-haiku-4-5-20251001', 'anthropic', 'Claude Haiku 4.5'],
  ['https://api.openai.com/v1', 'gpt-5-mini', 'openai', 'GPT-5 mini'],
  ['https://api.openai.com/v1', 'gpt-9', 'openai', 'gpt-9'],
])('%s %s', (endpoint, name, provider, model) => {
  expect(ask(endpoint, name)).toMatchObject([{ provider, properties: { model } }]);
});

it('is none when the model runs on a machine of our own, or none is asked', () => {
  expect(ask('http://127.0.0.1:8001/v1', 'Qwen')).toEqual([]);
  expect(ask('https://api.runpod.ai/v2/abc/openai/v1', 'Qwen')).toEqual([]);
  expect(hostedModels({ ai: { engine: 'offline' } })).toEqual([]);
});

it('is on the bill, without an amount, when there are no prices of its host', () => {
  const { unknown, byProvider } = estimateCost(ask('https://models.example.com/v1', 'llama'), readPriceBook(), serviceUsage(), day);
  const reason = 'no prices of models.example.com, which runs llama';
  expect(unknown.map(({ resource, line, reason: why }) => [resource.type, line?.name, why])).toEqual([
    ['llm:model/hosted:Model', 'Input tokens', reason],
    ['llm:model/hosted:Model', 'Output tokens', reason],
  ]);
  expect([...byProvider.keys()]).toEqual(['other']);
});

it('is another one at another host', () => {
  const [one, other] = ['models', 'llm'].map((host) =>
    estimateCost(ask(`https://${host}.example.com/v1`, 'llama'), readPriceBook(), serviceUsage(), day),
  );
  if (!one || !other) throw new Error('nothing is asked');
  expect([costDifference(one, one), costDifference(one, other)].map(isOpen)).toEqual([false, true]);
});
