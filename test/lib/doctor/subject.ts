/** The checks of two environments, and the output of healthy hosts. */
import service from '../../../dojang.config.ts';
import { type Environment, environmentOf } from '../../../lib/config/environment.ts';
import type { Asked, Verdict } from '../../../lib/doctor/check.ts';
import { checksOf } from '../../../lib/doctor/checks.ts';
import { factsOf } from '../../../lib/doctor/facts.ts';
import type { HostName } from '../../../lib/ports/host-shell.ts';

export const local = environmentOf(service, 'local');
export const prod = environmentOf(service, 'prod');
export const addresses = { aws: '203.0.113.10', gcp: '198.51.100.10' };

const began = new Date('2026-11-21T12:00:00Z');
export const asked: Asked = { began, ended: new Date(began.getTime() + 3000) };
const at = (seconds: number) => (began.getTime() / 1000 + seconds).toFixed(9);

const health =
  '{"status":"UP","components":{"db":{"status":"UP"},"ai":{"status":"UP"},"queue":{"status":"UP","details":{"waiting":2,"running":4,"oldestSeconds":12,"answeredToday":7}}}}';
const machine = 'c25f058c755f416faf4fbc5ba5ce4b13';

/** As the script prints it. */
export const healthyOnAws = [
  `doctor\tbegin\t${at(1)}`,
  'ai-port\tanswer\t0\t200\t{"ok":true,"engine":"offline","model":"lease-law-2026","gpu":null}\t',
  'ai-port-bare\tanswer\t0\t400\t<html> <head><title>400 No required SSL certificate was sent</title></head>\t',
  'ai-port-foreign\tanswer\t0\t400\t<html> <head><title>400 The SSL certificate error</title></head>\t',
  `api-health\tanswer\t0\t200\t${health}\t`,
  'maintenance\toff\t',
  'units\tunit\tnginx.service\tactive\t0',
  'units\tunit\tmysql.service\tactive\t0',
  'units\tunit\tdojang-api@.service\tactive\t2',
  'metadata\tunit\tnginx.service\t7',
  'metadata\tunit\tmysql.service\t7',
  'metadata\tunit\tdojang-api@.service\t28',
  'nginx-temporary\ttype\ttmpfs',
  'nginx-temporary\tused\t3',
  'mysql\tanswer\t0\t1',
  'dumps\tunit\tdojang-dump\tactive\tinactive',
  'dumps\tunit\tdojang-binlog\tactive\tinactive',
  'dumps\tdump\t20261121T021500Z-nightly\t35100',
  'dumps\tshipped\t130',
  'listeners\tasked\tyes',
  'listeners\tlistener\t0.0.0.0:443',
  'listeners\tlistener\t127.0.0.1:3306',
  'listeners\tlistener\t127.0.0.1:8080',
  'listeners\tlistener\t[::]:80',
  'certificate-aws\tends\tFeb 19 15:06:00 2027 GMT',
  'certificate-gcp\tends\tFeb 19 15:06:00 2027 GMT',
  'certificate-site\tends\tFeb  9 15:06:00 2027 GMT',
  'authority\tends\tNov 18 15:06:00 2036 GMT',
  `swap\tmachine\t${machine}`,
  `swap\tswap\t/var/swap/${machine}\t262140\tfile\t304  -2`,
  'disks\troom\t/\t34%\t63490316',
  'disks\troom\t/srv/data\t12%\t46137344',
  'disks\tmount\t/srv/data\t7:1\t/',
  'disks\tmount\t/var/lib/mysql\t7:1\t/mysql',
  'time-sync\tsynchronised\tcontainer',
  'reboot\tasked\tyes',
  'versions\tversion\tweb\t3b1f0c9d8e7a6b5c4d3e2f1a',
  'versions\tversion\tapi\t9a8b7c6d5e4f3a2b1c0d9e8f',
  `doctor\tend\t${at(2)}`,
  '',
].join('\n');

export const healthyOnGcp = [
  `doctor\tbegin\t${at(1)}`,
  'mysql-from-gcp\tport\t3306\tsilent',
  'mysql-from-gcp\tport\t33060\tsilent',
  'mysql-from-gcp\tport\t8080\tsilent',
  'ai-health\tanswer\t0\t200\t{"ok":true,"engine":"offline","model":"lease-law-2026","gpu":null}\t',
  'units\tunit\tnginx.service\tactive\t0',
  'units\tunit\tdojang-ai.service\tactive\t0',
  'metadata\tunit\tnginx.service\t7',
  'metadata\tunit\tdojang-ai.service\toff',
  'nginx-temporary\ttype\ttmpfs',
  'nginx-temporary\tused\t3',
  'listeners\tasked\tyes',
  'listeners\tlistener\t0.0.0.0:8443',
  'listeners\tlistener\t127.0.0.1:8000',
  'authority\tends\tNov 18 15:06:00 2036 GMT',
  `swap\tmachine\t${machine}`,
  `swap\tswap\t/var/swap/${machine}\t262140\tfile\t304  -2`,
  'disks\troom\t/\t34%\t63490316',
  'disks\troom\t/srv/data\t12%\t46137344',
  'disks\tmount\t/srv/data\t7:2\t/',
  'time-sync\tsynchronised\tcontainer',
  'reboot\tasked\tyes',
  'versions\tversion\tai\t0f1e2d3c4b5a69788796a5b4',
  `doctor\tend\t${at(2)}`,
  '',
].join('\n');

/** The verdict of a check on the output of a healthy host with changes: `[from, to]`. */
export function verdictOf(
  host: HostName,
  id: string,
  changes: readonly (readonly [string | RegExp, string])[] = [],
  of: Environment = local,
): Verdict {
  const check = checksOf(of, addresses).hosts[host].find((each) => each.id === id);
  if (!check) throw new Error(`no check ${id}`);
  const healthy = host === 'aws' ? healthyOnAws : healthyOnGcp;
  const output = changes.reduce((text, [from, to]) => text.replace(from, () => to), healthy);
  return check.verdict(factsOf(output)(check.probe.name), asked);
}
