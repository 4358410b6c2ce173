/**
 * The configuration that `dojang init` writes for someone else's service: every setting, explained.
 */

/** What differs from service to service. */
export interface TemplateInput {
  readonly name: string;
  readonly owner: string;
  readonly contact: string;
  readonly domain: string;
  readonly account: string;
  readonly project: string;
  readonly billingAccount: string;
}

/** Text of a `dojang.config.ts` with the environments `local` and `prod` in Seoul. */
export function configTemplate(input: TemplateInput): string {
  const text = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
  return `/** The one description of the service and its environments: both clouds, every rule and every name come from here. */
import { defineService } from './lib/config/define.ts';

export default defineService({
  name: ${text(input.name)}, // prefix of every name; up to 20 characters
  owner: ${text(input.owner)}, // cost-allocation tag

  environments: {
    // The embedded clouds on your own machine: npm start. Nothing here costs money or needs an
    // account.
    local: {
      contact: ${text(input.contact)},
      tls: 'own-ca',
      aws: { account: '123456789012', region: 'ap-northeast-2', zone: 'ap-northeast-2a', machine: 'm7g.large' },
      gcp: {
        project: ${text(`${input.name}-local`)},
        region: 'asia-northeast3',
        zones: ['asia-northeast3-b', 'asia-northeast3-c'],
        machine: 'n1-standard-2',
        billingAccount: '012345-6789AB-CDEF01',
      },
      host: { swap: '256 MiB', bufferPool: '128 MiB', unlimited: ['192.0.2.60/32'] }, // your machine's memory; where load tests come from
      signIn: { issuer: 'http://192.0.2.20', clientId: 'dojang' }, // a provider on the embedded internet; any name signs in
    },

    prod: {
      contact: ${text(input.contact)}, // alarms and budget warnings
      domain: ${text(input.domain)}, // points at the Elastic IP
      tls: 'letsencrypt', // or 'own-ca' for a trial without a domain

      // Web, API and database: one machine in a public subnet.
      aws: {
        account: ${text(input.account)}, // a wrong profile fails instead of deploying elsewhere
        region: 'ap-northeast-2',
        zone: 'ap-northeast-2a', // of the machine and its data volume
        range: '10.20.0.0/24', // VPC; must not overlap gcp.range
        subnet: '10.20.0.0/26',
        machine: 'm7g.large', // 2 vCPU, 8 GiB, ARM: the image must be arm64
        image: 'ubuntu-24.04-arm64', // or ubuntu-24.04-amd64 for an x86 machine
        rootDisk: '30 GiB', // the system and the swap file
        dataDisk: '50 GiB', // the database; outlives the machine
        // dataSnapshot: 'snap-0123456789abcdef0', // to begin with a snapshot: docs/guard.md first
        ssh: { from: [] }, // ranges like '203.0.113.0/24'; empty: Session Manager only
        snapshots: { keepDays: 7 }, // daily, of the data volume
        alarms: { cpu: 80, memory: 85, disk: 80, certificateDays: 21 }, // percent; days left of a certificate
        budget: '150 USD', // a month; warns at 80 % and 100 %
      },

      // GPU inference: one machine with a T4.
      gcp: {
        project: ${text(input.project)},
        region: 'asia-northeast3',
        zones: ['asia-northeast3-b', 'asia-northeast3-c'], // tried in this order when one has no T4 left
        range: '10.30.0.0/24',
        machine: 'n1-standard-2', // only N1 machines carry a T4
        gpu: { type: 'nvidia-tesla-t4', count: 1 },
        bootDisk: '50 GiB',
        dataDisk: '100 GiB', // models and index; outlives the machine
        // dataSnapshot: 'name-of-a-snapshot', // makes the data disk from it
        aiPort: 8443, // opened to the AWS address alone
        ssh: { members: [] }, // like 'user:kim@example.com', through Identity-Aware Proxy
        snapshots: { keepDays: 7 },
        budget: '450 USD',
        billingAccount: ${text(input.billingAccount)}, // gcloud billing accounts list
      },

      host: {
        swap: '4 GiB',
        bufferPool: '1 GiB', // InnoDB's, the hot part of the data
        maintenance: { day: 'sunday', time: '04:00', zone: 'Asia/Seoul' }, // one hour to restart after updates; day: 'never' leaves it to you
      },

      // Any OpenID Connect provider. Its secret:
      // npx dojang secret set oidc-client-secret --env prod
      signIn: { issuer: 'https://accounts.google.com', clientId: ${text(`${input.name}.apps.googleusercontent.com`)} },

      // offline: explains from a bundled knowledge base, without a model. For a vLLM on the GPU
      // machine, or any OpenAI-compatible address:
      // { engine: 'endpoint', endpoint: 'http://127.0.0.1:8001/v1', model: '...' }
      ai: { engine: 'offline' },

      api: { healthSeconds: 60 }, // in which a new release must be healthy, or it never serves

      // Credit you were given, if any: dojang cost runway says how long it lasts.
      // credits: {
      //   since: '2026-11-23', aws: '700 USD', gcp: '300 USD', expire: { gcp: '2027-02-21' },
      // },

      // What a change may do to the bill: dojang review says so in the pull request and fails when
      // it does more.
      policies: {
        monthlyLimit: '500 USD', // the whole environment
        changeLimit: { amount: '100 USD', percent: 25 }, // one change
        budgetCrossed: 'warn', // or 'fail': past 80 % or 100 % of aws.budget or gcp.budget
        unpriced: 'warn', // or 'fail': what limits and budgets say of new lines without a known price
        forbiddenTypes: ['AWS::EC2::NatGateway'],
        requiredTags: ['service', 'environment', 'owner'],
      },
      // Instead of the GPU machine; planned and priced, not deployed yet.
      // runpod: { gpu: '24 GB', workers: { flex: 3, active: 0 } },
    },
  },
});
`;
}
