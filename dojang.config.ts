/**
 * The one description of the service and its environments: both clouds, every rule and every name
 * come from here.
 */
import { defineService } from './lib/config/define.ts';

export default defineService({
  name: 'dojang',
  owner: 'platform',
  environments: {
    // The embedded clouds on this machine: `npm start`. Accounts and projects are those of the
    // documentation.
    local: {
      contact: 'ops@example.com',
      tls: 'own-ca',
      aws: { account: '123456789012', region: 'ap-northeast-2', zone: 'ap-northeast-2a', machine: 'm7g.large' },
      gcp: {
        project: 'dojang-local',
        region: 'asia-northeast3',
        zones: ['asia-northeast3-b', 'asia-northeast3-c'],
        machine: 'n1-standard-2',
        billingAccount: '012345-6789AB-CDEF01',
      },
      // Small, because it is your machine's disk and memory.
      host: { swap: '256 MiB', bufferPool: '128 MiB', unlimited: ['192.0.2.60/32'] },
      signIn: { issuer: 'http://192.0.2.20', clientId: 'dojang' }, // a provider on the embedded internet; any name signs in
    },

    // Production in Seoul. Put your own account, project, billing account, domain and contact here.
    prod: {
      contact: 'ops@example.com',
      domain: 'dojang.example.com',
      tls: 'letsencrypt',
      aws: {
        account: '123456789012',
        region: 'ap-northeast-2',
        zone: 'ap-northeast-2a',
        range: '10.20.0.0/24',
        subnet: '10.20.0.0/26',
        machine: 'm7g.large', // 2 vCPU Graviton3, 8 GiB: nginx, the API, MySQL
        image: 'ubuntu-24.04-arm64',
        rootDisk: '30 GiB',
        dataDisk: '50 GiB', // MySQL; outlives the machine
        ssh: { from: [] }, // Session Manager needs no open port
        snapshots: { keepDays: 7 },
        alarms: { cpu: 80, memory: 85, disk: 80, certificateDays: 21 },
        budget: '150 USD',
      },
      gcp: {
        project: 'dojang-prod',
        region: 'asia-northeast3',
        zones: ['asia-northeast3-b', 'asia-northeast3-c'], // the ones in Seoul with a T4, in the order they are tried
        range: '10.30.0.0/24',
        machine: 'n1-standard-2',
        gpu: { type: 'nvidia-tesla-t4', count: 1 },
        bootDisk: '50 GiB',
        dataDisk: '100 GiB', // models and the vector index; outlives the machine
        aiPort: 8443,
        ssh: { members: [] },
        snapshots: { keepDays: 7 },
        budget: '450 USD',
        billingAccount: '012345-6789AB-CDEF01',
      },
      // Updates install themselves; what needs a restart, like a kernel, gets it in this hour of
      // the week: the GPU machine first.
      host: { swap: '4 GiB', bufferPool: '1 GiB', maintenance: { day: 'sunday', time: '04:00', zone: 'Asia/Seoul' } },
      signIn: { issuer: 'https://accounts.google.com', clientId: 'dojang-prod.apps.googleusercontent.com' },
      ai: { engine: 'endpoint', endpoint: 'http://127.0.0.1:8001/v1', model: 'Qwen/Qwen2.5-7B-Instruct-AWQ' }, // vLLM on the T4
      // What is given. what is left of GCP's trial credit expires after 90 days.
      credits: { since: '2026-11-23', aws: '700 USD', gcp: '300 USD', runpod: '210 USD', expire: { gcp: '2027-02-21' } },
      // What a pull request may do before it has to be allowed here; dojang review is the gate.
      policies: {
        monthlyLimit: '500 USD',
        changeLimit: { amount: '100 USD', percent: 25 },
        forbiddenTypes: ['AWS::EC2::NatGateway'], // 43 USD a month before the first byte
        requiredTags: ['service', 'environment', 'owner'],
      },
    },
  },
});
