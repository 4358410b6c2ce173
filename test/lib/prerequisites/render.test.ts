import { expect, it } from 'vitest';
import type { InstallPlan } from '../../../lib/prerequisites/install-plan.ts';
import { downloadIn, leftOutLines, missingLines } from '../../../lib/prerequisites/render.ts';

const plan: InstallPlan = {
  groups: [
    { area: 'hosts', packages: ['debootstrap', 'nftables'] },
    { area: 'scripts', packages: ['shellcheck'] },
  ],
  playwrightBrowser: false,
  leftOut: [],
};

it('the list says for each group what apt downloads, how the engine comes, and the sum', () => {
  const downloads = [
    { packages: 7, bytes: 4_210_000 },
    { packages: 1, bytes: 890_000 },
  ];
  expect(missingLines(plan, downloads, { engine: { from: 'download', version: '3.256.0', bytes: 180_000_000 } })).toEqual([
    '  hosts           debootstrap nftables   7 packages, 4.2 MB',
    '  scripts         shellcheck   1 package, 890 kB',
    '  engine          Pulumi 3.256.0, downloaded   180.0 MB',
    '                  in all   185.1 MB',
  ]);
});

it.each([
  ['build' as const, /built by Go because its server can't be reached {3}about 5 minutes/],
  ['nowhere' as const, /Go 1\.26 is not installed; the embedded GCP does not start/],
])('the engine by %s', (from, words) => {
  expect(missingLines({ ...plan, groups: [] }, [], { engine: { from, version: '3.256.0' } }).join('\n')).toMatch(words);
});

it('a size that apt does not know is said to be unknown', () => {
  expect(missingLines(plan, [undefined, undefined], {})).toEqual([
    '  hosts           debootstrap nftables   size unknown before apt-get update',
    '  scripts         shellcheck   size unknown before apt-get update',
  ]);
});

it('what is left out is said with its consequence and its remedy', () => {
  expect(leftOutLines([{ area: 'hosts', reason: 'hosts are booted by root alone', next: 'sudo npm start' }])).toEqual([
    'hosts: hosts are booted by root alone; the clouds start without hosts, and the service is not released',
    '  Next: sudo npm start',
  ]);
});

it("sizes are read from apt's own list of files", () => {
  const uris = `'http://deb.debian.org/debian/pool/main/n/nftables/nftables_1.1.3-1_amd64.deb' nftables_1.1.3-1_amd64.deb 80956 SHA256:c5
'http://deb.debian.org/debian/pool/main/d/debootstrap/debootstrap_1.0.141_all.deb' debootstrap_1.0.141_all.deb 78500 MD5Sum:a1
`;
  expect(downloadIn(uris)).toEqual({ packages: 2, bytes: 159_456 });
});

it('the certificate authority has a row of its own', () => {
  const rows = missingLines({ ...plan, groups: [] }, [], { authority: { from: 'build', version: '2.10.3' } });
  expect(rows).toEqual(['  authority       Pebble 2.10.3, built by Go in less than a minute']);
});
