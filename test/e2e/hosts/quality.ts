/** What the programs on the hosts report about their own configuration. */
import { expect, it } from 'vitest';
import { units } from '../../../lib/host/paths.ts';
import { certificateAlarms } from './certificate-alarms.ts';
import { type Place, servingApi } from './place.ts';

/**
 * By `systemd-analyze security`: 10 is a service without any protection. What packages bring keeps
 * some rights: docs/hosts.md.
 */
const exposureLimits = { own: 2.0, packaged: 4.0 } as const;

const metadata = 'http://169.254.169.254';
/** How programs take the role of an AWS host. */
const roleOfHost = `curl -sS -m 5 -f -X PUT -H 'X-aws-ec2-metadata-token-ttl-seconds: 60' ${metadata}/latest/api/token`;
const tokenOfAccount = `curl -sS -m 5 -f -H 'Metadata-Flavor: Google' ${metadata}/computeMetadata/v1/instance/service-accounts/default/token`;

/** Runs a command where systemd's filters for the unit hold, as the user of its processes. */
const asUnit = (unit: string, command: string) => `
  pid=$(systemctl show --property MainPID --value ${unit})
  user=$(ps -o user= -p "$pid")
  echo $$ >/sys/fs/cgroup$(systemctl show --property ControlGroup --value ${unit})/cgroup.procs
  exec setpriv --reuid "$user" --clear-groups ${command}`;

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
    ['aws', servingApi, exposureLimits.own],
    ['gcp', units.ai, exposureLimits.own],
    ['aws', 'nginx.service', exposureLimits.packaged],
    ['gcp', 'nginx.service', exposureLimits.packaged],
    ['aws', 'mysql.service', exposureLimits.packaged],
  ] as const)('%s: %s is well protected', async (host, unit, limit) => {
    const output = await place.must(host, `systemd-analyze security --no-pager ${unit} | tail -n 1`);
    const [, exposure] = /level for \S+ (\d+\.\d+)/.exec(output.replace(/:/g, '')) ?? [];
    expect(Number(exposure), output).toBeLessThanOrEqual(limit);
  });

  it.each([
    ['aws', roleOfHost, ['nginx.service', 'mysql.service', servingApi]],
    ['gcp', tokenOfAccount, ['nginx.service', units.ai]],
  ] as const)('%s: root is answered by the metadata service, and no service is', async (host, ask, services) => {
    expect(await place.must(host, ask)).not.toBe('');
    const answers = await Promise.all(services.map((unit) => place.on(host, asUnit(unit, ask))));
    // 7 and 28 of curl: it could not connect, or the time was up.
    for (const { code, stdout } of answers) expect([code, stdout]).toEqual([expect.toBeOneOf([7, 28]), '']);
  });

  it('what is shut in still works: logs are rotated, nginx reloads, MySQL is dumped', async () => {
    await place.must('aws', 'logrotate --force /etc/logrotate.d/nginx && logrotate --force /etc/logrotate.d/mysql-server');
    await place.must('aws', 'systemctl reload nginx.service && curl -sk -o /dev/null https://127.0.0.1/?after-rotation');
    const logged = async () => (await place.on('aws', 'wc -l </var/log/nginx/access.log')).stdout.trim();
    await expect.poll(logged, { timeout: 10_000 }).not.toBe('0');
    expect(await place.must('aws', 'mysqldump --single-transaction dojang 2>/dev/null | tail -n 1')).toContain('Dump completed');
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
