/** A new machine that updates itself: no other process may use apt or dpkg until it has ended. */
import { expect, it } from 'vitest';
import { renderRecipe } from '../../../../lib/host/bash/render.ts';
import { stepResults } from '../../../../lib/host/bash/results.ts';
import { step } from '../../../../lib/host/bash/step.ts';
import { clearHostFaults, writeHostFaults } from '../../../../scripts/local/hosts/faults/faults.ts';
import { firstBootUnit } from '../../../../scripts/local/hosts/image/first-boot.ts';
import type { TwoHosts } from './two-hosts.ts';

/** For longer than the test takes: it releases the locks itself. */
export function holdLocks(two: TwoHosts): void {
  writeHostFaults(two.hosts, { firstBootLocks: 600 });
}

const install = step({
  id: 'packages',
  title: 'One small package',
  check: 'dpkg-query -W logrotate >/dev/null 2>&1 || echo "logrotate is not installed"',
  apply: 'apt_install logrotate',
});

export function describeFirstBoot(two: TwoHosts): void {
  it('hold the locks of packages, which apt and dpkg respect', async () => {
    clearHostFaults(two.hosts);
    expect((await two.on('aws', 'apt-get update')).text).toMatch(/lists\/lock. It is held by process \d+ \(unattended-upgr\)/);
    expect((await two.on('aws', 'dpkg --configure -a')).text).toMatch(/dpkg frontend lock was locked by .* process with pid \d+/);
    expect((await two.on('aws', 'apt-get -y install logrotate')).code).toBe(100);
  });

  it.each(['aws', 'gcp'] as const)('%s: the recipe waits for the holders of the locks, names them, and goes on', async (host) => {
    const run = two.on(host, renderRecipe({ host, steps: [install], handlers: [], leftOut: [] }, 'apply'));
    let ended = '';
    run.then(({ stdout }) => {
      ended = stdout;
    });
    const said = async () => ended || (await two.on(host, 'cat /run/dojang-provision/output')).stdout;
    await expect.poll(said, { timeout: 30_000 }).toMatch(/^waiting for process \d+ \(unattended-upgr\)/m);
    await two.on(host, `systemctl stop ${firstBootUnit}`);
    const { results } = stepResults((await run).stdout);
    expect(results).toMatchObject([{ id: 'packages', state: 'changed' }]);
    expect(results[0]?.details.join('\n')).toMatch(/^waited \d+ s for process \d+ \(unattended-upgr\)[^\n]*\nlogrotate is not installed$/);
  });

  it('hold them at their first boot only', async () => {
    const { stdout } = await two.on('gcp', `systemctl start ${firstBootUnit}; systemctl is-active ${firstBootUnit}`);
    expect(stdout).toBe('inactive\n');
  });
}
