/** The manifest of a `cdk.out` folder. */
import { expect, it } from 'vitest';
import { parseAssembly } from '../../../../lib/cost/sources/assembly.ts';

it('names templates with their regions, and the folders of stages', () => {
  const manifest = {
    version: '48.0.0',
    artifacts: {
      'shop.assets': { type: 'cdk:asset-manifest', properties: { file: 'shop.assets.json' } },
      shop: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://123456789012/ap-northeast-2',
        properties: { templateFile: 'shop.template.json', stackName: 'shop-prod' },
      },
      open: {
        type: 'aws:cloudformation:stack',
        environment: 'aws://unknown-account/unknown-region',
        properties: { templateFile: 'open.json' },
      },
      'assembly-beta': { type: 'cdk:cloud-assembly', properties: { directoryName: 'assembly-beta' } },
      Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
    },
  };
  expect(parseAssembly(JSON.stringify(manifest), 'manifest.json')).toEqual({
    stacks: [
      { name: 'shop-prod', file: 'shop.template.json', region: 'ap-northeast-2' },
      { name: 'open', file: 'open.json', region: undefined },
    ],
    folders: ['assembly-beta'],
  });
});

it.each(['{"artifacts": {"shop"', '[]', '{"artifacts": {"shop": 5}}'])('refuses %s', (text) => {
  expect(() => parseAssembly(text, 'cdk.out/manifest.json')).toThrow(/^cdk.out\/manifest.json is not the manifest of a cloud assembly/);
});
