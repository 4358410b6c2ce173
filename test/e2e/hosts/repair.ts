/** A host that was changed by hand, and a service that is not as configured. */
import { AuthorizeSecurityGroupIngressCommand, DescribeSecurityGroupsCommand } from '@aws-sdk/client-ec2';
import { expect, it } from 'vitest';
import { ec2Client } from '../clouds.ts';
import { type Place, servingApi } from './place.ts';

export function describeRepair(place: Place): void {
  it('provision changes nothing the second time', async () => {
    const { code, text } = await place.clone.dojang('provision');
    expect(code, text).toBe(0);
    expect(text.match(/nothing to change/g)?.length, text).toBeGreaterThanOrEqual(2);
  });

  it('provision --check names what was changed by hand, and provision puts it right', async () => {
    await place.must('aws', `echo "# by hand" >>/etc/nginx/nginx.conf && systemctl stop ${servingApi}`);
    await place.must('gcp', 'swapoff /var/swap/*');
    const check = await place.clone.dojang('provision', '--check');
    expect(check.code, check.text).toBe(1);
    expect(check.text).toContain('/etc/nginx/nginx.conf');
    expect(check.text).toMatch(/dojang-api@[ab]\.service, which serves, is inactive/);
    expect(check.text).toMatch(/gcp\n {2}swap {2}differs {2}swap on \S+ is off/);
    const repaired = await place.clone.dojang('provision');
    expect(repaired.code, repaired.text).toBe(0);
    const after = await place.clone.dojang('provision', '--check');
    expect(after.code, after.text).toBe(0);
  });

  it('all checks of the doctor pass, with a warning until the subscription of the alarms is confirmed', async () => {
    const { code, text } = await place.clone.dojang('doctor');
    expect(code, text).toBe(0);
    expect(text).toMatch(/! alarms reach ops@example\.com\s+the subscription waits[^\n]*\n\s+Next: dojang local confirm/);
    expect(text).toMatch(/doctor: \d+ checks, all passed, 1 warning/);
    const confirmed = await place.clone.dojang('local', 'confirm');
    expect(confirmed.text).toMatch(
      /confirmed ops@example\.com for arn:aws:sns:[^\n]*\n\s+mail "AWS Notification - Subscription Confirmation"/,
    );
    expect((await place.clone.dojang('doctor')).text).toMatch(/✓ alarms reach ops@example\.com[\s\S]*doctor: \d+ checks, all passed$/m);
  });

  const group = async () => {
    const ec2 = ec2Client(await place.clone.cloudEnv());
    const { SecurityGroups } = await ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [{ Name: 'group-name', Values: ['dojang-local-host'] }] }),
    );
    const rule = { GroupId: SecurityGroups?.[0]?.GroupId, IpProtocol: 'tcp', FromPort: 3306, ToPort: 3306, CidrIp: '0.0.0.0/0' };
    return ec2.send(new AuthorizeSecurityGroupIngressCommand(rule));
  };
  const faults: [string, () => Promise<unknown>, RegExp, string][] = [
    ['a security group opened by hand', group, /✗ reaches nothing else of 203\.0\.113\.10\s+3306/, 'wire'],
    ['a certificate that was removed', () => place.must('aws', 'rm /etc/dojang/tls/peer.pem'), /✗ certificate of the API lasts/, 'nightly'],
    [
      'MySQL that listens everywhere',
      () =>
        place.must(
          'aws',
          `sed -i 's/^bind-address.*/bind-address = 0.0.0.0/' /etc/mysql/mysql.conf.d/zz-dojang.cnf && systemctl restart mysql.service`,
        ),
      /✗ MySQL listens on loopback only\s+listens on 0\.0\.0\.0:3306/,
      'provision',
    ],
  ];

  it.each(faults)('doctor names %s, and it is put right', async (_, break_, named, verb) => {
    await break_();
    const failed = await place.clone.dojang('doctor');
    expect(failed.text).toMatch(named);
    expect(failed.code).toBe(1);
    const repaired = verb === 'nightly' ? await place.clone.run('.ci/nightly', ['local', 'nightly.md']) : await place.clone.dojang(verb);
    expect(repaired.code, repaired.text).toBe(0);
    const after = await place.clone.dojang('doctor');
    expect(after.code, after.text).toBe(0);
  });
}
