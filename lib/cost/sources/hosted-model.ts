/** The hosted model, when the configuration names one. */
import type { Environment } from '../../config/environment.ts';
import type { BilledResource, Provider } from '../component.ts';

/** Whose bill it is, by the host that is asked. */
const providers: Readonly<Record<string, Provider>> = {
  'api.anthropic.com': 'anthropic',
  'api.openai.com': 'openai',
  'generativelanguage.googleapis.com': 'google',
  'api.fireworks.ai': 'fireworks',
};

/** Models as the price book names them, by the name that a program asks for. */
const names: Readonly<Record<string, string>> = {
  'claude-haiku-4-5': 'Claude Haiku 4.5',
  'claude-3-haiku': 'Claude 3 Haiku',
  'claude-3-7-sonnet': 'Claude 3.7 Sonnet',
  'gpt-5-mini': 'GPT-5 mini',
  'gpt-5.4-nano': 'GPT-5.4 nano',
  'gemini-3.1-flash-lite': 'Gemini 3.1 Flash-Lite (preview)',
  'accounts/fireworks/models/llama-v3p1-70b-instruct': 'Llama 3.1 70B instruct',
  'accounts/fireworks/models/llama-v3p1-8b-instruct': 'Llama 3.1 8B instruct',
};

/**
 * What is asked for answers. None when the model runs on a machine of our own, or on RunPod, which
 * is planned like one. Of a host that the book has no prices of, too: it sends a bill all the same.
 */
export function hostedModels({ ai }: Pick<Environment, 'ai'>): BilledResource[] {
  if (ai.engine !== 'endpoint' || !ai.endpoint || !ai.model) return [];
  const { hostname } = new URL(ai.endpoint);
  if (isOurs(hostname)) return [];
  const model = names[ai.model.replace(/-(\d{8}|latest|preview)$/, '')] ?? ai.model;
  const known = providers[hostname];
  return [
    {
      provider: known ?? 'other',
      region: 'global',
      stack: 'ai',
      id: 'model',
      type: 'llm:model/hosted:Model',
      properties: { model, ...(!known && { unpricedHost: hostname }) },
    },
  ];
}

function isOurs(hostname: string): boolean {
  return hostname === 'localhost' || /^(127|10|192\.168)\./.test(hostname) || hostname.endsWith('.runpod.ai');
}
