/** Two real hosts behind real packet filters, following clouds that change. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostSupport } from '../../../../scripts/local/hosts/index.ts';
import { plug, unplug } from '../../../../scripts/local/hosts/machine/power.ts';
import { describeApiWatchdog } from './api-watchdog.ts';
import { describeFirstBoot, holdLocks } from './first-boot.ts';
import { addresses, dataDevice, TwoHosts, tcp, view } from './two-hosts.ts';

const two = new TwoHosts();
const everyone = '0.0.0.0/0';
const awsRules = [tcp('aws', 'ingress', 443, everyone), tcp('aws', 'egress', 8443, `${addresses.gcp}/32`)];
const gcpRules = [tcp('gcp', 'ingress', 8443, `${addresses.aws}/32`)];
const normal = { aws: view('aws', 'i-1', awsRules), gcp: view('gcp', 'ai', gcpRules) };

const listen = (port: number) => `systemd-run --quiet --unit=listen-${port} python3 -m http.server ${port} && for _ in $(seq 50); do
  exec 3<>/dev/tcp/127.0.0.1/${port} && exit 0; sleep 0.1; done 2>/dev/null; exit 1`;

beforeAll(async () => {
  expect(await hostSupport(two.hosts), 'hosts must be able to run where the tests run').toBeUndefined();
  holdLocks(two);
  await two.start();
  await two.say(normal);
  for (const [host, port] of [
    ['aws', 443],
    ['aws', 3306],
    ['gcp', 8443],
    ['gcp', 9000],
  ] as const) {
    const { code, text } = await two.on(host, listen(port));
    expect(code, text).toBe(0);
  }
});

afterAll(() => two.remove());

describe('two hosts at their first boot', () => describeFirstBoot(two));

describe('two booted hosts', () => {
  it('are Linux machines of their own, with what a cloud image has', async () => {
    for (const host of ['aws', 'gcp'] as const) {
      const { stdout } = await two.on(
        host,
        'systemctl is-system-running; hostname; cat /etc/machine-id; command -v curl sudo python3 | wc -l',
      );
      expect(stdout).toBe(`running\n${host}-host\n${two.node(host).machineId}\n3\n`);
      expect((await two.on(host, 'python3 -c "import boto3"')).code).toBe(0);
    }
    expect(two.node('aws')).toMatchObject({ instanceId: 'i-1', address: addresses.aws });
    expect(two.node('gcp')).toMatchObject({ instanceName: 'ai', zone: 'z', project: 'p', address: addresses.gcp });
  });

  it('install packages without a network', async () => {
    const install = 'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends';
    const { code, text } = await two.on('aws', `${install} nginx && systemctl is-active nginx`);
    expect(code, text).toBe(0);
  });

  it('have a data disk found by the id that its cloud gives it', async () => {
    const { code, text } = await two.on('aws', `mkdir -p /srv/data && mount ${dataDevice} /srv/data && echo kept >/srv/data/file && sync`);
    expect(code, text).toBe(0);
  });

  it('reach each other and are reached as the rules of both say', async () => {
    expect(await two.reaches('aws', addresses.gcp, 8443)).toBe(true);
    expect(await two.reaches('external', addresses.aws, 443)).toBe(true);
    expect(await two.reaches('external', addresses.aws, 3306)).toBe(false);
    expect(await two.reaches('external', addresses.gcp, 8443)).toBe(false);
    expect(await two.reaches('aws', addresses.gcp, 9000)).toBe(false);
    expect(await two.reaches('gcp', addresses.aws, 443)).toBe(true);
  });

  it('know no way to this machine and its network, nor to a link-local address but that of the metadata service', async () => {
    const { stdout } = await two.on('aws', 'ip route get 169.254.169.253 2>&1; ip -4 -oneline address show scope global');
    expect(stdout).toContain('No route to host');
    expect(stdout.match(/ inet /g)).toHaveLength(1);
    const internet = await two.reaches('visitor', '198.18.0.1', 80);
    expect(internet).toBe(false);
  });

  it('can’t take the cloud’s firewall away, being root on themselves', async () => {
    expect((await two.on('gcp', 'nft flush ruleset')).code).toBe(0);
    expect(await two.reaches('external', addresses.gcp, 9000)).toBe(false);
  });

  it('follow a rule that comes and goes', async () => {
    const opened = [...gcpRules, tcp('gcp', 'ingress', 9000, '192.0.2.50/32')];
    await two.say({ ...normal, gcp: view('gcp', 'ai', opened) });
    expect(await two.reaches('external', addresses.gcp, 9000)).toBe(true);
    expect(await two.reaches('visitor', addresses.gcp, 9000)).toBe(false);
    await two.say(normal);
    expect(await two.reaches('external', addresses.gcp, 9000)).toBe(false);
  });
});

describe('the unit of the API', () => describeApiWatchdog(two));

describe('a daemon', () => {
  it('that was killed is followed by one that takes the hosts over', async () => {
    const before = ['aws', 'gcp'].map((host) => two.node(host as 'aws').leader);
    await two.killDaemon();
    two.takeLog();
    await two.start();
    await two.ready();
    expect(['aws', 'gcp'].map((host) => two.node(host as 'aws').leader)).toEqual(before);
    expect((await two.on('aws', 'cat /srv/data/file')).stdout).toBe('kept\n');
  });

  it('says nothing while nothing changes', async () => {
    two.takeLog();
    await two.ready();
    await two.ready();
    expect(two.takeLog()).toBe('');
  });
});

describe('a machine', () => {
  it('that is replaced keeps its data disk and nothing else', async () => {
    await two.on(
      'aws',
      'mkdir -p /var/swap && swap=/var/swap/$(cat /etc/machine-id) && dd if=/dev/zero of=$swap bs=1M count=16 status=none && chmod 600 $swap && mkswap -q $swap && swapon $swap',
    );
    const old = two.node('aws').machineId;
    expect((await two.on('aws', `grep -c ${old} /proc/swaps`)).stdout).toBe('1\n');
    await two.say({ ...normal, aws: view('aws', 'i-2', awsRules) });
    expect(two.node('aws')).toMatchObject({ instanceId: 'i-2' });
    expect(two.node('aws').machineId).not.toBe(old);
    const { stdout } = await two.on(
      'aws',
      `grep -c ${old} /proc/swaps; command -v jq; mkdir /srv/data && mount ${dataDevice} /srv/data && cat /srv/data/file`,
    );
    expect(stdout).toBe('0\nkept\n');
  });

  it('without power is gone from the internet until it is plugged in again', async () => {
    unplug(two.hosts, 'gcp');
    await expect.poll(() => two.reaches('aws', addresses.gcp, 8443)).toBe(false);
    plug(two.hosts, 'gcp');
    await two.ready();
    expect((await two.on('gcp', listen(8443))).code).toBe(0);
    expect(await two.reaches('aws', addresses.gcp, 8443)).toBe(true);
  });

  it('that powers itself off is booted again, as its cloud wants it to run', async () => {
    const { leader } = two.node('gcp');
    await two.on('gcp', 'systemctl poweroff');
    await expect.poll(() => existsSync(`/proc/${leader}`), { timeout: 30_000 }).toBe(false);
    await two.ready();
    expect((await two.on('gcp', 'hostname')).stdout).toBe('gcp-host\n');
  });
});

it('a disk goes when its cloud has it no more, and stopping leaves nothing', async () => {
  await two.say({ ...normal, aws: view('aws', 'i-3', awsRules, 'another') });
  expect(existsSync(join(two.hosts, 'disks/aws-aws-disk.ext4'))).toBe(false);
  expect(existsSync(join(two.hosts, 'disks/aws-another.ext4'))).toBe(true);
  await two.remove();
  expect(await two.leftovers()).toEqual([]);
});
