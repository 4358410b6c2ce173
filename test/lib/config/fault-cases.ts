/** What a bad configuration may say: name, change of production, and the fault that is reported. */

export type Production = Record<string, unknown> & {
  aws: Record<string, unknown>;
  gcp: Record<string, unknown>;
  host: Record<string, unknown>;
};

export const cases: [string, (production: Production) => void, RegExp][] = [
  [
    'an unknown key',
    (p) => Object.assign(p.aws, { machin: 'm7g.large' }),
    /^aws\.machin: unknown setting; known here: account, region, zone/,
  ],
  [
    'SSH from everyone',
    (p) => Object.assign(p.aws, { ssh: { from: ['0.0.0.0/0'] } }),
    /^aws\.ssh\.from\[0\]: 0\.0\.0\.0\/0 would open SSH to everyone; list the addresses/,
  ],
  [
    'SSH from everyone in halves',
    (p) => Object.assign(p.aws, { ssh: { from: ['0.0.0.0/1'] } }),
    /^aws\.ssh\.from\[0\]: 0\.0\.0\.0\/1 would open SSH to everyone/,
  ],
  [
    'an alarm before every renewal by certbot',
    (p) => Object.assign(p.aws, { alarms: { certificateDays: 30 } }),
    /^aws\.alarms\.certificateDays: 30 would go off before every renewal, which begins at 30 days left; take fewer days/,
  ],
  [
    'an alarm before every renewal by wire',
    (p) => Object.assign(Object.assign(p, { tls: 'own-ca' }).aws, { alarms: { certificateDays: 60 } }),
    /^aws\.alarms\.certificateDays: 60 would go off before every renewal, which begins at 60 days left/,
  ],
  [
    'a range with host bits',
    (p) => Object.assign(p.aws, { ssh: { from: ['203.0.113.7/24'] } }),
    /^aws\.ssh\.from\[0\]: 203\.0\.113\.7\/24 has bits .* did you mean 203\.0\.113\.0\/24/,
  ],
  [
    'overlapping ranges',
    (p) => Object.assign(p.gcp, { range: '10.20.0.0/20' }),
    /^gcp\.range: 10\.20\.0\.0\/20 overlaps 10\.20\.0\.0\/24 of AWS/,
  ],
  [
    'a subnet outside its network',
    (p) => Object.assign(p.aws, { subnet: '10.21.0.0/26' }),
    /^aws\.subnet: 10\.21\.0\.0\/26 lies outside the VPC's 10\.20\.0\.0\/24/,
  ],
  [
    'a zone without T4',
    (p) => Object.assign(p.gcp, { zones: ['asia-northeast3-a'] }),
    /^gcp\.zones\[0\]: asia-northeast3-a has no T4; zones of asia-northeast3 that do: asia-northeast3-b, asia-northeast3-c/,
  ],
  [
    'a zone of another region',
    (p) => Object.assign(p.gcp, { zones: ['us-central1-a'] }),
    /^gcp\.zones\[0\]: us-central1-a is not in asia-northeast3; the static address stays/,
  ],
  [
    'a misspelt region of AWS, whose zone is then not judged',
    (p) => Object.assign(p.aws, { region: 'ap-norteast-2' }),
    /^aws\.region: ap-norteast-2 is no region of AWS; did you mean ap-northeast-2$/,
  ],
  [
    'a region of AWS that is near none',
    (p) => Object.assign(p.aws, { region: 'xx-middleearth-1' }),
    /^aws\.region: xx-middleearth-1 is no region of AWS; lib\/config\/regions\.ts lists those of 2026-\d\d$/,
  ],
  [
    'a misspelt region of GCP, whose zones are then not judged',
    (p) => Object.assign(p.gcp, { region: 'asia-norteast3', zones: ['asia-norteast3-b'] }),
    /^gcp\.region: asia-norteast3 is no region of GCP; did you mean asia-northeast3$/,
  ],
  [
    'a misspelt zone of GCP',
    (p) => Object.assign(p.gcp, { zones: ['asia-norteast3-b'] }),
    /^gcp\.zones\[0\]: asia-norteast3-b is not in asia-northeast3; did you mean asia-northeast3-b$/,
  ],
  [
    'a zone that its region does not have',
    (p) => Object.assign(p.gcp, { region: 'europe-west12', zones: ['europe-west12-q'] }),
    /^gcp\.zones\[0\]: europe-west12-q is no zone of europe-west12; it has europe-west12-a, europe-west12-b, europe-west12-c$/,
  ],
  [
    'an x86 image on ARM',
    (p) => Object.assign(p.aws, { image: 'ubuntu-24.04-amd64' }),
    /^aws\.image: ubuntu-24\.04-amd64 is built for x86_64 and m7g\.large is arm64; use ubuntu-24\.04-arm64/,
  ],
  [
    'a buffer pool beyond the memory',
    (p) => Object.assign(p.host, { bufferPool: '6 GiB' }),
    /^host\.bufferPool: 6 GiB and 3 GiB .* do not fit the 8 GiB of m7g\.large/,
  ],
  [
    'swap beyond the root disk',
    (p) => Object.assign(p.host, { swap: '25 GiB' }),
    /^host\.swap: 25 GiB and 10 GiB for the system do not fit the root disk of 30 GiB/,
  ],
  [
    'a maintenance window on no day',
    (p) => Object.assign(p.host, { maintenance: { day: 'someday' } }),
    /^host\.maintenance\.day: "someday" is no day; write one of sunday, .*, or never to restart by hand/,
  ],
  [
    'a maintenance window at no time',
    (p) => Object.assign(p.host, { maintenance: { time: '4am' } }),
    /^host\.maintenance\.time: "4am" is not a time of day like 04:00/,
  ],
  ...['+09:00', 'asia/seoul', 'Asia/Soul', 'KST; reboot'].map((zone): [string, (production: Production) => void, RegExp] => [
    `a maintenance window in ${zone}`,
    (p) => Object.assign(p.host, { maintenance: { zone } }),
    /^host\.maintenance\.zone: ".*" is no time zone; write a name like Asia\/Seoul, or UTC/,
  ]),
  ['no domain for TLS', (p) => delete p.domain, /^domain: is missing and tls is letsencrypt/],
  [
    'a machine that takes no T4',
    (p) => Object.assign(p.gcp, { machine: 'n2-standard-2' }),
    /^gcp\.machine: "n2-standard-2" cannot carry a T4; only N1/,
  ],
  ['an unknown machine', (p) => Object.assign(p.aws, { machine: 'm7g.huge' }), /^aws\.machine: "m7g\.huge" is no machine type we know/],
  ['half a gibibyte of disk', (p) => Object.assign(p.aws, { dataDisk: '512 MiB' }), /^aws\.dataDisk: 512 MiB is not a whole number of GiB/],
  ...['snap-123', 'snap-0123456789ABCDEF0', 'vol-0123456789abcdef0', 'snap-0123456789abcdef01'].map(
    (dataSnapshot): [string, (production: Production) => void, RegExp] => [
      `the snapshot ${dataSnapshot} of AWS`,
      (p) => Object.assign(p.aws, { dataSnapshot }),
      /^aws\.dataSnapshot: ".*" is not a snapshot like snap-0123456789abcdef0$/,
    ],
  ),
  ...['projects/p/global/snapshots/s', 'Daily', '-daily', 'a'.repeat(64)].map(
    (dataSnapshot): [string, (production: Production) => void, RegExp] => [
      `the snapshot ${dataSnapshot} of GCP`,
      (p) => Object.assign(p.gcp, { dataSnapshot }),
      /^gcp\.dataSnapshot: ".*" is not the name of a snapshot, which holds a-z, 0-9 and -, up to 63 characters$/,
    ],
  ),
  [
    'an amount without a currency',
    (p) => Object.assign(p.aws, { budget: '150' }),
    /^aws\.budget: 150 is not an amount; write a whole number of dollars like 150 USD/,
  ],
  ['a missing project', (p) => delete p.gcp.project, /^gcp\.project: is missing; dojang init/],
  ['an account that is a number', (p) => Object.assign(p.aws, { account: 123456789012 }), /^aws\.account: 123456789012 must be a string/],
  ['the AI port on that of SSH', (p) => Object.assign(p.gcp, { aiPort: 22 }), /^gcp\.aiPort: 22 is the port of SSH/],
  [
    'a zone of another region on AWS',
    (p) => Object.assign(p.aws, { zone: 'us-east-1a' }),
    /^aws\.zone: us-east-1a is no zone of ap-northeast-2/,
  ],
  [
    'no rate limit for everyone',
    (p) => Object.assign(p.host, { unlimited: ['0.0.0.0/0'] }),
    /^host\.unlimited\[0\]: 0\.0\.0\.0\/0 would take the rate limits off for everyone; list the addresses that load tests come from/,
  ],
  [
    'no rate limit for a half of everyone',
    (p) => Object.assign(p.host, { unlimited: ['203.0.113.0/24', '128.0.0.0/1'] }),
    /^host\.unlimited\[1\]: 128\.0\.0\.0\/1 would take the rate limits off/,
  ],
  [
    'a root disk beyond what EBS sells',
    (p) => Object.assign(p.aws, { rootDisk: '65 TiB' }),
    /^aws\.rootDisk: 66560 GiB is no size that is sold; a gp3 volume of this machine has 8 GiB to 65536 GiB/,
  ],
  [
    'a data disk beyond what EBS sells',
    (p) => Object.assign(p.aws, { dataDisk: '65537 GiB' }),
    /^aws\.dataDisk: 65537 GiB is no size that is sold; a gp3 volume has 1 GiB to 65536 GiB/,
  ],
  [
    'a boot disk smaller than GCP sells',
    (p) => Object.assign(p.gcp, { bootDisk: '9 GiB' }),
    /^gcp\.bootDisk: 9 GiB is no size that is sold; a balanced persistent disk has 10 GiB to 65536 GiB/,
  ],
  [
    'a data disk smaller than GCP sells',
    (p) => Object.assign(p.gcp, { dataDisk: '5 GiB' }),
    /^gcp\.dataDisk: 5 GiB is no size that is sold; a balanced persistent disk has 10 GiB to 65536 GiB/,
  ],
  [
    'a data disk beyond what GCP sells',
    (p) => Object.assign(p.gcp, { dataDisk: '257 TiB' }),
    /^gcp\.dataDisk: 263168 GiB is no size that is sold/,
  ],
  [
    'a contact with a quote',
    (p) => Object.assign(p, { contact: "o'neill@example.com" }),
    /^contact: "o'neill@example\.com" holds a quote or begins with a dash, which a command line could take for its own; write another address/,
  ],
  [
    'a contact that reads as an option',
    (p) => Object.assign(p, { contact: '-rf@example.com' }),
    /^contact: "-rf@example\.com" holds a quote or begins with a dash/,
  ],
  ...[
    '<client-id>',
    'YOUR_CLIENT_ID',
    'changeme',
    'your-client-id.apps.googleusercontent.com',
    'REPLACE-ME',
    'xxxx',
    'TODO',
    '...',
    'client-id',
    'my-client-id',
    'insert-client-id-here',
    'client_id.apps.googleusercontent.com',
  ].map((clientId): [string, (production: Production) => void, RegExp] => [
    `the client id ${clientId}`,
    (p) => Object.assign(p, { signIn: { issuer: 'https://accounts.google.com', clientId } }),
    /^signIn\.clientId: ".+" is a placeholder; write the value that the sign-in provider gave you/,
  ]),
  [
    'a model that is a placeholder',
    (p) => Object.assign(p, { ai: { engine: 'endpoint', endpoint: 'https://models.example.com/v1', model: '<model>' } }),
    /^ai\.model: "<model>" is a placeholder; write the name that the endpoint knows the model by/,
  ],
];
