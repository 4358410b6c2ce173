/** One colour for each who sends a bill; dark enough on white for text and lines. */
import type { Provider } from '../component.ts';

export const colours: Readonly<Record<Provider, string>> = {
  aws: '#b45309',
  gcp: '#1d4ed8',
  runpod: '#7c3aed',
  anthropic: '#be123c',
  openai: '#0f766e',
  google: '#4d7c0f',
  fireworks: '#86198f',
  other: '#52606d',
};

export const ink = { text: '#1f2933', quiet: '#52606d', rule: '#d9dee4', more: '#b91c1c', less: '#15803d' } as const;
