/** The main job, as a newcomer types it: up, again, drift on either side, down. */
import { AuthorizeSecurityGroupIngressCommand, DescribeSecurityGroupsCommand, RevokeSecurityGroupEgressCommand } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Clone } from './clone.ts';
import { ec2Client } from './clouds.ts';

const clone = new Clone();
let env: Record<string, string>;

beforeAll(async () => {
  const first = await clone.up();
  expect(first.text).toContain('local is up');
  expect(first.code).toBe(0);
  env = await clone.cloudEnv();
});

afterAll(() => clone.remove());

describe('up', () => {
  it('prints both addresses and the rules on each side', async () => {
    const { text } = await clone.up();
    expect(text).toMatch(/aws {2}203\.0\.113\.10 /);
    expect(text).toMatch(/gcp {2}198\.51\.100\.10 /);
    expect(text).toMatch(/gcp {2}dojang-local-ai +ingress {2}tcp 8443 from 203\.0\.113\.10\/32/);
    expect(text).toMatch(/aws {2}dojang-local-host +egress {3}tcp 8443 to 198\.51\.100\.10\/32/);
  });

  it('says that alarms wait for a confirmation, until it is there', async () => {
    const waiting = /alarms do not reach ops@example\.com: [^\n]*\n\s+Next: dojang local confirm/;
    expect((await clone.up()).text).toMatch(waiting);
    expect((await clone.dojang('local', 'confirm')).text).toContain('confirmed ops@example.com for arn:aws:sns:ap-northeast-2:');
    expect((await clone.dojang('local', 'confirm')).text).toContain('no mail waits for a confirmation');
    expect((await clone.up()).text).not.toMatch(waiting);
  });

  it('changes nothing when it is typed again', async () => {
    const { code, text } = await clone.up();
    expect(code).toBe(0);
    expect(text).toMatch(/guard +\d+ s +nothing to change/);
    expect(text).toMatch(/wire +\d+ s +nothing to change/);
  });

  it('plan --live finds nothing to change', async () => {
    expect((await clone.answer<{ changes: unknown[] }>('plan', '--live')).changes).toEqual([]);
  });

  it('stores the endpoints where each side finds them', async () => {
    const { endpoints } = await clone.answer<{ endpoints: object }>('outputs');
    expect(endpoints).toEqual({
      '/dojang/local/endpoints/ai-url': 'https://198.51.100.10:8443',
      '/dojang/local/endpoints/aws-address': '203.0.113.10',
      '/dojang/local/endpoints/gcp-address': '198.51.100.10',
    });
  });
});

describe('preflight', () => {
  it('finds nothing, and a fault that was switched on with its remedy', async () => {
    const ready = await clone.dojang('preflight');
    expect(ready.code, ready.text).toBe(0);
    expect(ready.text).toContain('  ✓ Elastic IPs              1 of 5 in use, ours among them');
    expect((await clone.dojang('local', 'fault', '--preflight', 'gcp-billing')).text).toContain('no billing account pays for the project');
    const { code, text } = await clone.dojang('preflight');
    expect(code).toBe(1);
    expect(text).toContain('  ✗ billing                  nothing pays for dojang-local');
    expect(text).toContain('      Next: gcloud billing projects link dojang-local --billing-account 012345-6789AB-CDEF01');
  });

  it('stops up before it changes anything', async () => {
    const { code, text } = await clone.up();
    expect(code).toBe(1);
    expect(text).toMatch(/✗ preflight/);
    expect(text).toContain('local is not ready: gcp billing');
    expect(text).not.toMatch(/aws account|guard/);
    expect((await clone.dojang('local', 'fault')).code).toBe(0);
    expect((await clone.up('--dry-run')).text).toMatch(/^ {2}preflight +ask for credentials/m);
  });
});

describe('drift', () => {
  const firewalls = () => `${env.GOOGLE_COMPUTE_CUSTOM_ENDPOINT}projects/dojang-local/global/firewalls`;
  const send = async (method: string, url: string, body: object) => {
    const answer = await fetch(url, { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });
    expect(answer.ok, await answer.text()).toBe(true);
  };
  const group = async () => {
    const found = await ec2Client(env).send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['dojang-local-host'] }] }),
    );
    return found.SecurityGroups?.[0]?.GroupId;
  };
  const cases: [string, () => Promise<unknown>, RegExp][] = [
    [
      'a rule added by hand on AWS',
      async () =>
        ec2Client(env).send(
          new AuthorizeSecurityGroupIngressCommand({
            GroupId: await group(),
            IpProtocol: 'tcp',
            FromPort: 22,
            ToPort: 22,
            CidrIp: '0.0.0.0/0',
          }),
        ),
      /aws {2}sgr-\w+ dojang-local-host +stray +ingress {2}tcp 22 from 0\.0\.0\.0\/0/,
    ],
    [
      'a rule taken away on AWS',
      async () =>
        ec2Client(env).send(
          new RevokeSecurityGroupEgressCommand({
            GroupId: await group(),
            IpPermissions: [{ IpProtocol: 'tcp', FromPort: 8443, ToPort: 8443, IpRanges: [{ CidrIp: '198.51.100.10/32' }] }],
          }),
        ),
      /aws {2}dojang-local-host +missing +egress +tcp 8443 to 198\.51\.100\.10\/32/,
    ],
    [
      'a firewall added by hand on GCP',
      () =>
        send('POST', firewalls(), {
          name: 'by-hand',
          network: 'projects/dojang-local/global/networks/dojang-local-network',
          sourceRanges: ['0.0.0.0/0'],
          allowed: [{ IPProtocol: 'tcp', ports: ['8443'] }],
        }),
      /gcp {2}by-hand +stray +ingress {2}tcp 8443 from 0\.0\.0\.0\/0/,
    ],
    [
      'a firewall widened by hand on GCP',
      () => send('PATCH', `${firewalls()}/dojang-local-ai`, { sourceRanges: ['0.0.0.0/0'] }),
      /gcp {2}dojang-local-ai +missing +ingress {2}tcp 8443 from 203\.0\.113\.10\/32[\s\S]*gcp {2}dojang-local-ai +stray +ingress {2}tcp 8443 from 0\.0\.0\.0\/0/,
    ],
  ];

  it.each(cases)('%s is named by the check and repaired by wire', async (_, drift, named) => {
    expect((await clone.dojang('wire', '--check')).code).toBe(0);
    await drift();
    const check = await clone.dojang('wire', '--check');
    expect(check.text).toMatch(named);
    expect(check.code).toBe(1);
    const repaired = await clone.dojang('wire');
    expect(repaired.code, repaired.text).toBe(0);
    const after = await clone.dojang('wire', '--check');
    expect(after.code, after.text).toBe(0);
  });
});

describe('down', () => {
  it('asks for a confirmation, and removes nothing without a terminal', async () => {
    const { code, text } = await clone.dojang('down');
    expect(code).toBe(1);
    expect(text).toContain('nothing was removed');
  });

  it('keeps addresses and data, and up brings the rest back to them', async () => {
    const down = await clone.dojang('down', '--yes');
    expect(down.code, down.text).toBe(0);
    const { aws, gcp } = await clone.answer<{ aws: Record<string, string>; gcp: Record<string, string> }>('outputs');
    expect(aws.Address).toBe('203.0.113.10');
    expect(aws.InstanceId).toBeUndefined();
    const again = await clone.up();
    expect(again.code, again.text).toBe(0);
    expect(again.text).toMatch(/aws {2}203\.0\.113\.10 [\s\S]*gcp {2}198\.51\.100\.10 /);
    expect(again.text).not.toContain('alarms do not reach');
    expect(gcp).toBeDefined();
  });

  it('--all removes everything, twice if asked twice', async () => {
    for (let time = 0; time < 2; time++) {
      const down = await clone.dojang('down', '--all', '--yes');
      expect(down.code, down.text).toBe(0);
    }
    expect((await clone.dojang('status')).text).toMatch(/the local (AWS|GCP) is not running/);
  });
});
