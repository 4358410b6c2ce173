import { type Output, output, runtime } from '@pulumi/pulumi';
import { describe, expect, it } from 'vitest';
import { stackInputs } from '../../gpu/stack-inputs.ts';
import { prod } from './environments.ts';
import { assigned } from './mocks.ts';

describe('what the operator sets with pulumi config set', () => {
  it('is one address; the rest has defaults', () => {
    expect(stackInputs(prod, settings({ awsAddress: ' 203.0.113.10\n' }))).toEqual({
      awsAddress: '203.0.113.10',
      zone: 'asia-northeast3-b',
      approved: [],
    });
  });

  it('may name a zone and what is approved', () => {
    const given = settings({ awsAddress: '203.0.113.10', zone: 'asia-northeast3-c', approve: 'ai-machine, ai-data,' });
    expect(stackInputs(prod, given)).toMatchObject({ zone: 'asia-northeast3-c', approved: ['ai-machine', 'ai-data'] });
  });

  it.each<Readonly<Record<string, string>>>([{}, { awsAddress: '  ' }])('says how to set the address when it is missing: %j', (given) => {
    expect(() => stackInputs(prod, settings(given))).toThrow(
      expect.objectContaining({ next: 'pulumi config set awsAddress <Elastic IP>' }),
    );
  });
});

describe('the main module of pulumi up', () => {
  it('exports the outputs of the stack that is selected', async () => {
    expect(await mainModule('prod', { 'dojang:awsAddress': '203.0.113.10', 'dojang:zone': 'asia-northeast3-c' })).toEqual({
      address: '198.51.100.10',
      zone: 'asia-northeast3-c',
      machine: 'dojang-prod-ai',
      network: 'dojang-prod-network',
      dataDisk: 'dojang-prod-ai-data',
      serviceAccount: assigned.email,
      aiUrl: 'https://198.51.100.10:8443',
    });
  });
});

async function mainModule(stack: string, config: Readonly<Record<string, string>>): Promise<unknown> {
  const newResource: runtime.Mocks['newResource'] = ({ name, inputs }) => ({ id: name, state: { ...assigned, ...inputs } });
  await runtime.setMocks({ call: () => ({}), newResource }, 'dojang', stack);
  runtime.setAllConfig({ ...config });
  let outputs: Output<unknown> | undefined;
  await runtime.runInPulumiStack(async () => {
    outputs = output({ ...(await import('../../bin/gpu.ts')) });
  });
  await runtime.disconnect();
  return new Promise((resolve) => outputs?.apply(resolve));
}

function settings(given: Readonly<Record<string, string>>) {
  return (name: string) => given[name];
}
