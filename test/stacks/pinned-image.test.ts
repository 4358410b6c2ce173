import { describe, expect, it } from 'vitest';
import { requirePinnedImage } from '../../stacks/pinned-image.ts';
import { prod, prodWith } from './environments.ts';
import { synthesised } from './synthesised.ts';

describe('the pinned image', () => {
  it.each(['ubuntu-24.04-arm64', 'ubuntu-24.04-amd64'] as const)('%s is in the committed context', (image) => {
    const environment = prodWith({ image, machine: image.endsWith('arm64') ? 'm7g.large' : 'm7i.large' });
    expect(() => synthesised(environment, requirePinnedImage)).not.toThrow();
  });

  it('is missing for another account, and that is an error with the remedy', () => {
    const elsewhere = prodWith({ account: '210987654321' });
    expect(() => synthesised(elsewhere, requirePinnedImage)).toThrow(
      expect.objectContaining({ code: 'image-not-pinned', next: expect.stringContaining('npx cdk synth') }),
    );
  });

  it('is the only thing the CDK would have to ask the account for', () => {
    const missing = synthesised(prodWith({ account: '210987654321' }), ({ manifest }) => manifest.missing ?? []);
    expect(missing.map(({ provider }) => provider)).toEqual(['ssm']);
    expect(synthesised(prod, ({ manifest }) => manifest.missing)).toBeUndefined();
  });
});
