import { describe, expect, it } from 'vitest';
import { checksOf } from '../../../../lib/doctor/checks.ts';
import { factsOf } from '../../../../lib/doctor/facts.ts';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import { addresses, asked, local, prod, verdictOf } from '../subject.ts';

const checks = checksOf(local, addresses);

it('every check has a name of its own, which scripts may look for', () => {
  const ids = [...checks.hosts.aws, ...checks.hosts.gcp, ...checks.external].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
});

describe('healthy hosts', () => {
  it.each([...checks.hosts.aws, ...checks.hosts.gcp].map(({ from, id }) => [from, id] as const))('%s: %s passes', (from, id) => {
    expect(verdictOf(from, id)).toMatchObject({ ok: true });
  });

  it('report versions, restarts and the queue', () => {
    expect(verdictOf('aws', 'versions-aws').detail).toBe('web 3b1f0c9d8e7a, api 9a8b7c6d5e4f');
    expect(verdictOf('aws', 'unit-dojang-api-aws').detail).toBe('restarted by itself 2 times');
    expect(verdictOf('aws', 'queue').detail).toBe('2 waiting, 4 running, the oldest for 12 s');
  });
});

it('every check is red, with what to do next, when the host prints nothing', () => {
  for (const check of [...checks.hosts.aws, ...checks.hosts.gcp].filter(({ id }) => !id.startsWith('versions'))) {
    expect(check.verdict(factsOf('')(check.probe.name), asked), check.id).toMatchObject({ ok: false, next: expect.stringMatching(/\w/) });
  }
});

type Change = readonly [string | RegExp, string];
const answer = (probe: string, text: string): Change => [new RegExp(`${probe}\tanswer\t.*`), `${probe}\tanswer\t${text}`];

/** The fault, the host, the check, what the host prints instead, and the detail of the verdict. */
type Bad = [string, HostName, string, Change[], RegExp];
const bad: Bad[] = [
  [
    'the API may take the role of the host',
    'aws',
    'metadata-dojang-api-aws',
    [['dojang-api@.service\t28', 'dojang-api@.service\t0']],
    /may take the role/,
  ],
  ...['1', '2', '52', '56', '126', '127'].map(
    (status): Bad => [
      `the attempt to reach the metadata service ends with ${status}`,
      'aws',
      'metadata-dojang-api-aws',
      [['dojang-api@.service\t28', `dojang-api@.service\t${status}`]],
      new RegExp(`^could not be tried: the attempt ended with status ${status}$`),
    ],
  ),
  [
    'temporary files are on the disk',
    'gcp',
    'nginx-temporary-gcp',
    [['nginx-temporary\ttype\ttmpfs', 'nginx-temporary\ttype\t']],
    /on the disk/,
  ],
  ['temporary files have no room', 'aws', 'nginx-temporary-aws', [['nginx-temporary\tused\t3', 'nginx-temporary\tused\t97']], /97 % used/],
  ['the AI port is closed', 'aws', 'ai-port', [answer('ai-port', '28\t000\t\tcurl: (28) Connection timed out')], /timed out/],
  [
    'our certificate is gone',
    'aws',
    'ai-port',
    [answer('ai-port', '58\t000\t\tcurl: (58) could not load PEM client certificate')],
    /could not load/,
  ],
  ['our certificate is not accepted', 'aws', 'ai-port', [answer('ai-port', '0\t400\tbad\t')], /not accepted: HTTP 400/],
  [
    'the AI server is of another authority',
    'aws',
    'ai-port',
    [answer('ai-port', '60\t000\t\tcurl: (60) SSL certificate problem')],
    /certificate problem/,
  ],
  [
    'the AI server is unhealthy',
    'aws',
    'ai-port',
    [answer('ai-port', '0\t503\t{"ok":false,"reason":"model is loading"}\t')],
    /HTTP 503: model is loading/,
  ],
  ['the AI port lets anyone in', 'aws', 'ai-port-bare', [answer('ai-port-bare', '0\t200\t{"ok":true}\t')], /let in/],
  ['the AI port lets foreigners in', 'aws', 'ai-port-foreign', [answer('ai-port-foreign', '0\t200\t{"ok":true}\t')], /let in/],
  [
    'no server is there to refuse',
    'aws',
    'ai-port-bare',
    [answer('ai-port-bare', '7\t000\t\tcurl: (7) Failed to connect')],
    /could not be tried/,
  ],
  ['no foreign certificate could be made', 'aws', 'ai-port-foreign', [[/ai-port-foreign\tanswer.*/, '']], /could not be tried/],
  [
    'the API is DOWN',
    'aws',
    'api-health',
    [[/"status":"UP","components":\{"db":\{"status":"UP"/, '"status":"DOWN","components":{"db":{"status":"DOWN"']],
    /db DOWN/,
  ],
  [
    'nothing can be written',
    'aws',
    'api-health',
    [[/"status":"UP","components":\{"db"/, '"status":"DOWN","components":{"writes":{"status":"DOWN"},"db"']],
    /^writes DOWN$/,
  ],
  ['the API is silent', 'aws', 'api-health', [answer('api-health', '7\t000\t\tcurl: (7) Failed to connect')], /Failed to connect/],
  [
    'no worker takes from the queue',
    'aws',
    'queue',
    [['"running":4,"oldestSeconds":12', '"running":0,"oldestSeconds":31']],
    /^2 waiting, 0 running, the oldest for 31 s$/,
  ],
  ['a deadline has passed', 'aws', 'queue', [['"oldestSeconds":12', '"oldestSeconds":301']], /oldest for 301 s/],
  [
    'a unit has failed',
    'aws',
    'unit-dojang-api-aws',
    [['dojang-api@.service\tactive', 'dojang-api@.service\tfailed']],
    /it is failed, restarted by itself 2 times/,
  ],
  ['nginx is off on the other host', 'gcp', 'unit-nginx-gcp', [['nginx.service\tactive', 'nginx.service\tinactive']], /it is inactive/],
  [
    'the password is wrong',
    'aws',
    'mysql',
    [answer('mysql', "1\tERROR 1045 (28000): Access denied for user 'api'@'localhost'")],
    /ERROR 1045/,
  ],
  ['MySQL listens to everyone', 'aws', 'mysql-loopback', [['127.0.0.1:3306', '0.0.0.0:3306']], /listens on 0\.0\.0\.0:3306/],
  ['MySQL listens to everyone on IPv6', 'aws', 'mysql-loopback', [['127.0.0.1:3306', '*:33060']], /listens on \*:33060/],
  ['the API listens to everyone', 'aws', 'api-loopback', [['127.0.0.1:8080', '[::]:8080']], /listens on \[::\]:8080/],
  ['the AI server listens to everyone', 'gcp', 'ai-loopback', [['127.0.0.1:8000', '10.30.0.2:8000']], /listens on 10\.30\.0\.2:8000/],
  ['MySQL can be reached from the other host', 'gcp', 'mysql-from-gcp', [['3306\tsilent', '3306\topen']], /3306 is open/],
  [
    'the firewall lets pass where no program listens',
    'gcp',
    'mysql-from-gcp',
    [['8080\tsilent', '8080\trefused']],
    /8080 is refused by the machine itself/,
  ],
  ['swap is off', 'aws', 'swap-aws', [[/swap\tswap.*/, '']], /it is off/],
  ['only a neighbour has swap', 'gcp', 'swap-gcp', [['/var/swap/c25f', '/var/swap/0000']], /it is off/],
  ['swap is smaller than configured', 'aws', 'swap-aws', [['262140', '131068']], /only 128 MiB/],
  ['a disk is nearly full', 'aws', 'disk-aws-root', [['34%', '86%']], /86 % used, 60\.5 GiB free/],
  ['the data volume is full', 'aws', 'disk-aws-data', [['12%\t46137344', '100%\t0']], /100 % used, 0\.0 GiB free/],
  ['the data disk is full', 'gcp', 'disk-gcp-data', [['12%\t46137344', '100%\t0']], /100 % used, 0\.0 GiB free/],
  ['the data volume is not there', 'gcp', 'mount-gcp', [[/disks\tmount\t\/srv.*/, '']], /nothing is mounted/],
  ['MySQL writes to the wrong disk', 'aws', 'mount-mysql', [[/disks\tmount\t\/var.*/, '']], /disk of the machine/],
  ['MySQL writes to another volume', 'aws', 'mount-mysql', [['/var/lib/mysql\t7:1', '/var/lib/mysql\t7:9']], /another volume/],
  [
    'a certificate ends soon',
    'aws',
    'certificate-gcp',
    [[/certificate-gcp\tends.*/, 'certificate-gcp\tends\tDec  4 12:00:00 2026 GMT']],
    /expires in 12 days/,
  ],
  [
    'a certificate has ended',
    'aws',
    'certificate-site',
    [[/certificate-site\tends.*/, 'certificate-site\tends\tNov 20 11:00:00 2026 GMT']],
    /expired 1 day ago/,
  ],
  ['no certificate is served', 'aws', 'certificate-gcp', [[/certificate-gcp\tends.*/, 'certificate-gcp\tends\t']], /there is none/],
  ['the clock is not kept', 'aws', 'time-sync-aws', [['synchronised\tcontainer', 'synchronised\tno']], /it is not/],
];

it.each(bad)('%s', (_, host, id, changes, said) => {
  const verdict = verdictOf(host, id, changes);
  expect(verdict).toMatchObject({ ok: false, next: expect.stringMatching(/\w/) });
  expect(verdict.detail).toMatch(said);
});

describe('a refusal', () => {
  it.each([
    '35\t000\t\tcurl: (35) tlsv1 alert unknown ca',
    '56\t000\t\tcurl: (56) OpenSSL SSL_read: tlsv13 alert certificate required',
    '0\t403\t\t',
  ])('may also be: %s', (text) => expect(verdictOf('aws', 'ai-port-bare', [answer('ai-port-bare', text)]).ok).toBe(true));
});

describe('a clock', () => {
  const shifted = (seconds: number, latency = 0): Change[] => {
    const began = asked.began.getTime() / 1000;
    return [
      [/doctor\tbegin\t.*/, `doctor\tbegin\t${began + seconds + latency}`],
      [/doctor\tend\t.*/, `doctor\tend\t${began + 3 + seconds - latency}`],
    ];
  };

  it('agrees when it is off by less than what the command took, or than two seconds', () => {
    expect(verdictOf('aws', 'clock-aws', shifted(0.2, 0.5))).toMatchObject({ ok: true, detail: 'within 1.0 s' });
    expect(verdictOf('aws', 'clock-aws', shifted(1.5))).toMatchObject({ ok: true, detail: '1.5 s ahead at least' });
  });

  it('does not when it is more', () => {
    expect(verdictOf('aws', 'clock-aws', shifted(4))).toMatchObject({ ok: false, detail: '4.0 s ahead at least' });
    expect(verdictOf('gcp', 'clock-gcp', shifted(-61.5, 0.5))).toMatchObject({ ok: false, detail: '61.0 s behind at least' });
  });
});

describe('a replaced authority', () => {
  it('counts by the one that ends last', () => {
    const two: Change = [/authority\tends.*/, 'authority\tends\tNov 30 00:00:00 2026 GMT\nauthority\tends\tNov 18 00:00:00 2036 GMT'];
    expect(verdictOf('gcp', 'authority-gcp', [two]).ok).toBe(true);
  });
});

describe('a site with a certificate of Let’s Encrypt', () => {
  const lasting = (begins: string, ends: string): Change => [
    /certificate-site\tends.*/,
    `certificate-site\tbegins\t${begins}\ncertificate-site\tends\t${ends}`,
  ];

  it('says what asks for a new one, and with a private authority what signs one', () => {
    const ending = lasting('Sep  1 00:00:00 2026 GMT', 'Nov 30 00:00:00 2026 GMT');
    expect(verdictOf('aws', 'certificate-site', [ending], prod)).toMatchObject({ ok: false, detail: 'expires in 8 days' });
    expect(verdictOf('aws', 'certificate-site', [ending], prod).next).toMatch(/^dojang provision --env prod/);
    expect(verdictOf('aws', 'certificate-site', [ending], local).next).toContain('dojang wire');
  });

  it('is judged by its own lifetime: one of six days passes with two left, and fails with half of one', () => {
    const two = lasting('Nov 17 12:00:00 2026 GMT', 'Nov 23 13:00:00 2026 GMT');
    const half = lasting('Nov 16 00:00:00 2026 GMT', 'Nov 22 00:00:00 2026 GMT');
    expect(verdictOf('aws', 'certificate-site', [two], prod)).toMatchObject({ ok: true, detail: '2 days left' });
    expect(verdictOf('aws', 'certificate-site', [half], prod)).toMatchObject({ ok: false, detail: 'expires in 11 hours' });
  });

  const domain = (...lines: readonly string[]): Change => [
    /^doctor\tbegin/m,
    `${['asked\tyes', ...lines].map((line) => `domain\t${line}`).join('\n')}\ndoctor\tbegin`,
  ];
  const points: [string, Change, boolean, RegExp][] = [
    ['here', domain('address\t203.0.113.10', 'address\t203.0.113.10'), true, /^203\.0\.113\.10$/],
    ['nowhere', domain(), false, /^dojang\.example\.com has no address$/],
    ['elsewhere', domain('address\t192.0.2.50'), false, /points at 192\.0\.2\.50, not at 203\.0\.113\.10/],
    ['here and elsewhere', domain('address\t203.0.113.10', 'address\t2001:db8::1'), false, /points at 2001:db8::1, not at/],
  ];
  it.each(points)('whose domain points %s', (_, change, ok, detail) => {
    const verdict = verdictOf('aws', 'domain', [change], prod);
    expect(verdict).toMatchObject({ ok, detail: expect.stringMatching(detail) });
    if (!ok) expect(verdict.next).toContain('dojang.example.com A 203.0.113.10');
  });

  const renewal = (timer: string, result: string, reason = ''): Change => [
    /^doctor\tbegin/m,
    [`timer\t${timer}`, `result\t${result}`, `reason\t${reason}`].map((line) => `certificate-renewal\t${line}\n`).join('') +
      'doctor\tbegin',
  ];
  it('is renewed while the timer runs and certbot succeeded, and says why it did not', () => {
    const verdict = (...given: Parameters<typeof renewal>) => verdictOf('aws', 'certificate-renewal', [renewal(...given)], prod);
    expect(verdict('active', 'success')).toMatchObject({ ok: true });
    expect(verdict('inactive', 'success')).toMatchObject({ ok: false, detail: 'certbot.timer is inactive' });
    expect(verdict('active', 'exit-code', 'DNS problem: NXDOMAIN')).toMatchObject({
      ok: false,
      detail: 'its last run failed: DNS problem: NXDOMAIN',
      next: expect.stringContaining('systemctl start certbot.service'),
    });
  });

  it('no domain, no such check; a private authority, no renewal by certbot', () => {
    const ids = (of: typeof prod) => checksOf(of, addresses).hosts.aws.map(({ id }) => id);
    expect(ids(local)).not.toContain('domain');
    expect(ids({ ...prod, tls: 'own-ca' })).toContain('domain');
    expect(ids({ ...prod, tls: 'own-ca' })).not.toContain('certificate-renewal');
  });
});

describe('an external client', () => {
  const external = (id: string, environment = prod) => checksOf(environment, addresses).external.find((each) => each.id === id);

  it('must reach the web and nothing else', () => {
    expect(external('web-443')?.verdict([{ port: 443, outcome: 'open' }])).toMatchObject({ ok: true });
    expect(external('web-443')?.verdict([{ port: 443, outcome: 'silent' }])).toMatchObject({
      ok: false,
      next: expect.stringContaining('dojang wire'),
    });
    expect(external('web-80')?.verdict([{ port: 80, outcome: 'refused' }])).toMatchObject({
      ok: false,
      next: expect.stringContaining('nginx'),
    });
    expect(external('closed-aws')).toMatchObject({ address: '203.0.113.10', ports: [22, 3306, 33060, 8080, 8000, 8443] });
    expect(external('closed-gcp')).toMatchObject({ address: '198.51.100.10', ports: [22, 80, 443, 3306, 33060, 8080, 8000, 8443] });
  });

  it('that reaches more is reported port by port', () => {
    const verdict = external('closed-aws')?.verdict([
      { port: 22, outcome: 'open' },
      { port: 3306, outcome: 'silent' },
      { port: 8080, outcome: 'refused' },
    ]);
    expect(verdict).toMatchObject({ ok: false, detail: expect.stringMatching(/^22 is open, 8080 is refused/) });
  });

  it('is not judged by SSH where the configuration opens it', () => {
    const { from } = local.aws.ssh;
    const open = { ...prod, aws: { ...prod.aws, ssh: { from: [...from, prod.aws.range] } } };
    expect(external('closed-aws', open)?.ports).not.toContain(22);
    expect(external('closed-gcp', open)?.ports).toContain(22);
  });
});
