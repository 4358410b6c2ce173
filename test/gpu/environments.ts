/** Environments and inputs that the tests of the GCP side work with. */
import configuration from '../../dojang.config.ts';
import { type Environment, environmentOf } from '../../lib/config/environment.ts';
import type { GcpInputs } from '../../lib/ports/gcp.ts';

const written = environmentOf(configuration, 'prod');

/** Production with two operators, as the committed configuration has none. */
export const prod: Environment = {
  ...written,
  gcp: { ...written.gcp, ssh: { members: ['user:kim@example.com', 'group:operators@example.com', 'user:kim@example.com'] } },
};

export const inputs: GcpInputs = { awsAddress: '203.0.113.10', zone: 'asia-northeast3-b' };
