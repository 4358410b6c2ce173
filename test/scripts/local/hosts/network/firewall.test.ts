/** What the rendered rulesets really let through, tried between network namespaces. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HostName } from '../../../../../lib/ports/host-shell.ts';
import type { Rule } from '../../../../../lib/wiring/rule.ts';
import { attempt, command } from '../../../../../scripts/local/hosts/command.ts';
import { hostSupport } from '../../../../../scripts/local/hosts/index.ts';
import { firewallRuleset } from '../../../../../scripts/local/hosts/network/firewall.ts';
import { connect, connectInternet, inside, removeInternet } from '../../../../../scripts/local/hosts/network/namespaces.ts';
import { type Party, prefixOf, serviceAddress } from '../../../../../scripts/local/hosts/network/network.ts';
import { addresses, tcp } from '../two-hosts.ts';

/**
 * There is nothing in it: its name is what the namespaces are called after, and by which they are
 * found when the run is interrupted.
 */
const folder = mkdtempSync(join(tmpdir(), 'dojang-firewall-test-'));
const hosts = join(folder, 'hosts');
mkdirSync(hosts);
const prefix = prefixOf(hosts);
const everyone = '0.0.0.0/0';
const listeners: ChildProcess[] = [];

/** Answers on TCP 80, 443 and 8443 and echoes UDP 53. */
const listener = `
import select, socket
tcp = [socket.create_server(("0.0.0.0", port)) for port in (80, 443, 8443)]
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.bind(("0.0.0.0", 53))
print("ready", flush=True)
while True:
    for one in select.select([*tcp, udp], [], [])[0]:
        if one is udp:
            data, sender = udp.recvfrom(100)
            udp.sendto(data, sender)
        else:
            one.accept()[0].close()
`;
const askUdp = (address: string) => `
import socket
udp = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
udp.settimeout(2)
udp.sendto(b"x", ("${address}", 53))
udp.recvfrom(100)
`;

beforeAll(async () => {
  expect(await hostSupport('/'), 'hosts must be able to run where the tests run').toBeUndefined();
  await connectInternet(prefix);
  for (const host of ['aws', 'gcp'] as const) {
    await connect(prefix, host, addresses[host]);
    const [program, ...args] = inside(prefix, host, ['python3', '-c', listener]);
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    listeners.push(child);
    await new Promise((resolve) => child.stdout.once('data', resolve));
  }
});

afterAll(async () => {
  for (const child of listeners) child.kill('SIGKILL');
  await removeInternet(prefix);
  rmSync(folder, { recursive: true });
});

async function apply(host: HostName, rules: readonly Rule[]): Promise<void> {
  await command(inside(prefix, 'internet', ['nft', '--file', '-']), { input: firewallRuleset(host, rules) });
}

/**
 * The limit only ends a hang: how long silence is waited for, the programs say themselves, once
 * they have started.
 */
async function ran(from: Party, ...argv: string[]): Promise<boolean> {
  return (await attempt(inside(prefix, from, ['timeout', '20', ...argv]))).code === 0;
}

const connects = (from: Party, address: string, port: number) =>
  ran(from, 'timeout', '2', 'bash', '-c', `exec 3<>/dev/tcp/${address}/${port}`);
const reaches = (from: Party, to: HostName, port: number) => connects(from, addresses[to], port);
const asks = (from: Party, to: HostName) => ran(from, 'python3', '-c', askUdp(addresses[to]));

describe('a firewall without rules', () => {
  it('lets nothing into either cloud, and nothing out of AWS', async () => {
    await apply('aws', []);
    await apply('gcp', []);
    expect(await reaches('external', 'aws', 443)).toBe(false);
    expect(await reaches('external', 'gcp', 443)).toBe(false);
    expect(await reaches('aws', 'gcp', 8443)).toBe(false);
    expect(await ran('external', 'bash', '-c', `exec 3<>/dev/udp/${addresses.aws}/53; echo >&3`)).toBe(true);
    expect(await asks('external', 'aws')).toBe(false);
  });
});

describe('the name server', () => {
  it('is reached from both clouds whatever the rules say, at its one port', async () => {
    const [program, ...args] = inside(prefix, 'internet', ['python3', '-c', listener.replaceAll('0.0.0.0', serviceAddress.dns)]);
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    listeners.push(child);
    await new Promise((resolve) => child.stdout.once('data', resolve));
    for (const host of ['aws', 'gcp'] as const) {
      await apply(host, []);
      expect(await ran(host, 'python3', '-c', askUdp(serviceAddress.dns)), host).toBe(true);
    }
    expect(await connects('aws', serviceAddress.dns, 443)).toBe(false);
    child.kill('SIGKILL');
  });
});

describe('a rule', () => {
  it('between two hosts must be there on both sides', async () => {
    await apply('aws', [tcp('aws', 'egress', 8443, `${addresses.gcp}/32`)]);
    expect(await reaches('aws', 'gcp', 8443)).toBe(false);
    await apply('gcp', [tcp('gcp', 'ingress', 8443, `${addresses.aws}/32`)]);
    expect(await reaches('aws', 'gcp', 8443)).toBe(true);
    expect(await reaches('aws', 'gcp', 443)).toBe(false);
    await apply('aws', []);
    expect(await reaches('aws', 'gcp', 8443)).toBe(false);
  });

  it('holds for its range and its ports, first to last', async () => {
    await apply('aws', [{ ...tcp('aws', 'ingress', 80, '192.0.2.50/32'), ports: [80, 443] }]);
    expect(await reaches('external', 'aws', 80)).toBe(true);
    expect(await reaches('external', 'aws', 443)).toBe(true);
    expect(await reaches('external', 'aws', 8443)).toBe(false);
    expect(await reaches('visitor', 'aws', 80)).toBe(false);
    await apply('aws', [tcp('aws', 'ingress', 80, '192.0.2.0/26')]);
    expect(await reaches('visitor', 'aws', 80)).toBe(true);
  });

  it('holds for its protocol; "all" is every one', async () => {
    await apply('aws', [{ ...tcp('aws', 'ingress', 53, everyone), protocol: 'udp' }]);
    expect(await asks('external', 'aws')).toBe(true);
    expect(await reaches('external', 'aws', 443)).toBe(false);
    await apply('aws', [{ cloud: 'aws', carrier: 'c', direction: 'ingress', protocol: 'all', peer: everyone }]);
    expect(await asks('external', 'aws')).toBe(true);
    expect(await reaches('external', 'aws', 443)).toBe(true);
  });

  it('is needed for echo requests too', async () => {
    const echo: Rule = { cloud: 'aws', carrier: 'c', direction: 'ingress', protocol: 'icmp type 8', peer: everyone };
    const ping = () => ran('external', 'python3', '-c', echoRequest);
    await apply('aws', [tcp('aws', 'ingress', 443, everyone)]);
    expect(await ping()).toBe(false);
    await apply('aws', [echo]);
    expect(await ping()).toBe(true);
  });

  it('of GCP does not stop what the machine itself begins', async () => {
    await apply('aws', [tcp('aws', 'ingress', 443, everyone)]);
    await apply('gcp', []);
    expect(await reaches('gcp', 'aws', 443)).toBe(true);
  });

  it('for a group, a tag or an unknown protocol lets no traffic in', async () => {
    const rule = tcp('aws', 'ingress', 443, everyone);
    await apply('aws', [
      { ...rule, peer: 'sg-0abc' },
      { ...rule, peer: 'tag:web' },
      { ...rule, protocol: 'unknown' },
      { ...rule, peer: 'unknown' },
    ]);
    expect(await reaches('external', 'aws', 443)).toBe(false);
  });

  it('of any kind that a cloud can hold is understood by nft', async () => {
    const base: Rule = { cloud: 'aws', carrier: 'odd "name" {} \n;', direction: 'ingress', protocol: 'all', peer: '10.0.0.0/8' };
    const protocols = ['icmp', 'icmp type 3 code 4', 'icmpv6', 'icmpv6 type 128', 'sctp', 'esp', 'ah', '50', '999', 'ipip'];
    const rules = protocols.flatMap((protocol): Rule[] => [
      { ...base, protocol },
      { ...base, protocol, direction: 'egress', peer: '::/0' },
      { ...base, protocol, peer: '2001:db8::/32' },
    ]);
    await apply('aws', [...rules, { ...tcp('aws', 'ingress', 0, everyone), ports: [0, 65535] }]);
    expect(await reaches('external', 'aws', 443)).toBe(true);
  });
});

/** An echo request by hand: `ping` is not on every machine. */
const echoRequest = `
import socket, struct
def checksum(data):
    total = sum(struct.unpack("!%dH" % (len(data) // 2), data))
    total = (total >> 16) + (total & 0xFFFF)
    return ~(total + (total >> 16)) & 0xFFFF
icmp = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
icmp.settimeout(2)
header = struct.pack("!BBHHH", 8, 0, 0, 7, 1)
icmp.sendto(struct.pack("!BBHHH", 8, 0, checksum(header), 7, 1), ("${addresses.aws}", 0))
icmp.recvfrom(100)
`;
