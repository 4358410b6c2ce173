/** Who is paid for the model that the configuration names. */
import { expect, it } from 'vitest';
import type { Environment } from '../../../../lib/config/environment.ts';
import { hostedModels } from '../../../../lib/cost/sources/hosted-model.ts';

const ask = (endpoint: string, model: string) => hostedModels({ ai: { engine: 'endpoint', endpoint, model } as Environment['ai'] });

it.each([
  ['https://api.anthropic.com/v1', 'claude-haiku-4-5-20251001', 'anthropic', 'Claude Haiku 4.5'],
  ['https://api.openai.com/v1', 'gpt-5-mini', 'openai', 'GPT-5 mini'],
  ['https://api.openai.com/v1', 'gpt-9', 'openai', 'gpt-9'],
])('%s %s', (endpoint, name, provider, model) => {
  expect(ask(endpoint, name)).toMatchObject({ models: [{ provider, properties: { model } }], others: [] });
});

it('is nobody when the model runs on a machine of our own, or none is asked', () => {
  expect(ask('http://127.0.0.1:8001/v1', 'Qwen')).toEqual({ models: [], others: [] });
  expect(ask('https://api.runpod.ai/v2/abc/openai/v1', 'Qwen')).toEqual({ models: [], others: [] });
  expect(hostedModels({ ai: { engine: 'offline' } })).toEqual({ models: [], others: [] });
});

it('names one that nobody here has prices of', () => {
  expect(ask('https://models.example.com/v1', 'llama')).toEqual({ models: [], others: ['the model llama at models.example.com'] });
});
