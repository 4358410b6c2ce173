import { expect, it } from 'vitest';
import { prod } from './environments.ts';
import { templatesOf } from './synthesised.ts';

const templates = templatesOf(prod);

it.each(['addresses', 'network', 'host'])('the %s stack of prod', (layer) => {
  expect(masked(templates[layer])).toMatchSnapshot();
});

/** Hashes of assets and digests of images change without meaning. */
function masked(template: unknown): unknown {
  return JSON.parse(JSON.stringify(template).replaceAll(/[0-9a-f]{64}/g, '[hash]'));
}
