/** What the programs on the hosts say of their own configuration. */
import { expect, it } from 'vitest';
import { units } from '../../../lib/host/places.ts';
import { certificateAlarms } from './certificate-alarms.ts';
import type { Place } from './place.ts';

/** What systemd calls OK; 10 is a service without any protection. */
const exposureLimit = 3.0;

export function describeQuality(place: Place): void {
  it('both hosts report to CloudWatch how many days their certificates last, and an alarm follows', async () => {
    for (const host of ['aws', 'gcp'] as const) await place.must(host, 'systemctl is-active dojang-certificate-days.timer');
    const good = [396, 'OK'];
    expect(await certificateAlarms(place)).toEqual({ 'aws-peer': good, 'gcp-peer': good, site: good });
    await place.must('gcp', 'mv /etc/dojang/tls/peer.pem /root/ && systemctl start dojang-certificate-days.service');
    expect(await certificateAlarms(place)).toMatchObject({ 'aws-peer': good, 'gcp-peer': [0, 'ALARM'] });
    await place.must('gcp', 'mv /root/peer.pem /etc/dojang/tls/ && systemctl start dojang-certificate-days.service');
  });

  it.each([
    ['aws', units.api],
    ['gcp', units.ai],
  ] as const)('%s: %s is well protected', async (host, unit) => {
    const told = await place.must(host, `systemd-analyze security --no-pager ${unit} | tail -n 1`);
    const [, exposure] = /level for \S+ (\d+\.\d+)/.exec(told.replace(/:/g, '')) ?? [];
    expect(Number(exposure), told).toBeLessThanOrEqual(exposureLimit);
  });

  it('nginx accepts its configuration on both', async () => {
    for (const host of ['aws', 'gcp'] as const) expect((await place.on(host, 'nginx -t')).text).toContain('test is successful');
  });

  it('MySQL accepts its configuration', async () => {
    const { code, text } = await place.on('aws', 'mysqld --validate-config');
    expect(code, text).toBe(0);
  });

  it('no secret is in an environment file that others can read, in a unit or in a log', async () => {
    const readable = await place.must('aws', `find /etc/dojang -type f -perm /o=r ! -name ca.pem ! -name peer.pem ! -name site.pem`);
    expect(readable).toBe('');
    const password = await place.must('aws', `sed -n 's/^MYSQL_PASSWORD=//p' /etc/dojang/api.env | tr -d '"'`);
    expect(password.length).toBeGreaterThan(20);
    const { code } = await place.on('aws', `grep -rqsF '${password}' /etc/systemd /opt/dojang /var/log /run/log; [ $? = 1 ]`);
    expect(code).toBe(0);
  });
}
