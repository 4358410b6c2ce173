/**
 * The API's unit under a real systemd: active when it listens, killed and started anew when its
 * event loop is stuck.
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { renderRecipe } from '../../../../lib/host/bash/render.ts';
import { stepResults } from '../../../../lib/host/bash/results.ts';
import { apiUnit } from '../../../../lib/host/services/api-unit.ts';
import { bundleApi } from '../../../../scripts/artifacts/api.ts';
import { local } from '../../../lib/host/recipes.ts';
import type { TwoHosts } from './two-hosts.ts';

const unit = 'dojang-api@a.service';
/** There is no database, as /health reports, and the service listens all the same. */
const settings = `HOST=127.0.0.1
PORT=8080
PUBLIC_URL=https://app.example.com
SESSION_SECRET=a-secret-of-the-tests-that-is-long-enough
MYSQL_DATABASE=none
MYSQL_USER=none`;

export function describeApiWatchdog(two: TwoHosts): void {
  const show = async (property: string) => (await two.on('aws', `systemctl show -P ${property} ${unit}`)).stdout.trim();
  const must = async (script: string): Promise<string> => {
    const { code, text, stdout } = await two.on('aws', script);
    expect(code, text).toBe(0);
    return stdout;
  };

  it('is active as soon as it listens, and only then', async () => {
    await release(two);
    await must(`useradd --system dojang-api && mkdir -p /etc/dojang && printf '%s\\n' '${settings}' >/etc/dojang/api.env`);
    // A shorter time than that of the recipe, so that the test takes seconds.
    // Slot a serves, as after a switch.
    await must('ln -s ../releases/test /opt/dojang/api/slots/a && echo a >/opt/dojang/api/serving');
    await must(`mkdir -p /etc/systemd/system/${unit}.d && printf '[Service]\\nWatchdogSec=6\\n' >/etc/systemd/system/${unit}.d/test.conf`);
    const applied = await must(renderRecipe({ host: 'aws', steps: [apiUnit(local)], handlers: [], leftOut: [] }, 'apply'));
    expect(stepResults(applied).results).toMatchObject([{ id: 'api-unit', state: 'changed' }]);
    await must('curl --fail --silent --max-time 10 http://127.0.0.1:8080/health/liveness');
    expect(await show('Type')).toBe('notify');
    await must(`systemctl stop ${unit} && systemd-run --quiet --unit=taken python3 -m http.server 8080 --bind 127.0.0.1`);
    await expect.poll(async () => (await two.on('aws', 'curl --silent --max-time 2 http://127.0.0.1:8080/')).code).toBe(0);
    expect((await two.on('aws', `systemctl start ${unit}`)).code).toBe(1);
    await must(`systemctl stop taken ${unit}; systemctl reset-failed ${unit}; systemctl start ${unit}`);
  });

  it('lives as long as its event loop turns, and is started anew when that is stuck', async () => {
    const before = {
      pid: await show('MainPID'),
      restarts: Number(await show('NRestarts')),
      sign: Number(await show('WatchdogTimestampMonotonic')),
    };
    // For longer than the watchdog waits.
    await expect.poll(async () => Number(await show('WatchdogTimestampMonotonic'))).toBeGreaterThan(before.sign + 10_000_000);
    expect([await show('MainPID'), Number(await show('NRestarts'))]).toEqual([before.pid, before.restarts]);
    await must(`kill -STOP ${before.pid}`);
    await expect.poll(async () => Number(await show('NRestarts'))).toBeGreaterThan(before.restarts);
    await expect.poll(() => show('ActiveState')).toBe('active');
    expect(await show('MainPID')).not.toBe(before.pid);
    expect(await must(`journalctl --no-pager -o cat -u ${unit}`)).toContain('Watchdog timeout');
    await must('curl --fail --silent --max-time 10 http://127.0.0.1:8080/health/liveness');
  });
}

/** Put where an installation puts it, without its bucket. */
async function release(two: TwoHosts): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dojang-release-'));
  try {
    await bundleApi(folder);
    mkdirSync(join(folder, 'bin'));
    cpSync(process.execPath, join(folder, 'bin/node'));
    cpSync(join(import.meta.dirname, '../../../../apps/api/migrations'), join(folder, 'migrations'), { recursive: true });
    cpSync(folder, `/proc/${two.node('aws').leader}/root/opt/dojang/api/releases/test`, { recursive: true });
    mkdirSync(`/proc/${two.node('aws').leader}/root/opt/dojang/api/slots`);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
