/** How old the newest compared dump is, and when binary logs last reached the bucket. */
import { text } from '../../../host/bash/bash-template.ts';
import { binlogUnit, dumpUnit } from '../../../host/mysql/database-tools.ts';
import { lastShipping, newestDump, toolsState } from '../../../host/mysql/tools/settings.ts';
import { failed, type HostCheck, ok, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';
import { durationText } from '../duration.ts';

/** Seconds: a night, its random delay and the time that a dump takes, and half a day to spare. */
const oldestDump = 36 * 3600;
/** Three runs of the timer. */
const oldestShipping = 15 * 60;

/** Ages are reckoned on the host: no other clock is in them. */
const ages = text`
  local now name when unit
  now=$(date +%s)
  for unit in ${dumpUnit} ${binlogUnit}; do
    fact unit "$unit" "$(systemctl is-active "$unit.timer")" "$(systemctl is-failed "$unit.service")"
  done
  if read -r name when <${toolsState}/${newestDump}; then fact dump "$name" "$((now - when))"; fi
  if read -r when <${toolsState}/${lastShipping}; then fact shipped "$((now - when))"; fi
`;

export function dumpChecks(environment: string): HostCheck[] {
  const probe = { name: 'dumps', script: ages };
  const provision = `dojang provision --env ${environment}`;
  return [
    {
      id: 'dump',
      from: 'aws',
      title: 'a dump of the database was restored and compared',
      probe,
      verdict: (facts) => runs(facts, dumpUnit, provision) ?? dumpVerdict(facts),
    },
    {
      id: 'binary-logs',
      from: 'aws',
      title: 'binary logs reach the bucket',
      probe,
      verdict: (facts) => runs(facts, binlogUnit, provision) ?? shippingVerdict(facts),
    },
  ];
}

function runs(facts: Facts, unit: string, provision: string): Verdict | undefined {
  const [, timer, service] = facts.all('unit').find(([name]) => name === unit) ?? [];
  if (timer !== 'active') return failed(`${unit}.timer is ${timer || 'unknown'}`, provision);
  return service === 'failed' ? failed('the last run failed', logOf(unit)) : undefined;
}

function dumpVerdict(facts: Facts): Verdict {
  const [name, age] = facts.first('dump');
  if (name === undefined) return ok('none by this machine yet: the first is made tonight');
  const old = `${name}, ${durationText(Number(age) * 1000)} old`;
  return Number(age) > oldestDump ? failed(old, logOf(dumpUnit)) : ok(old);
}

function shippingVerdict(facts: Facts): Verdict {
  const [age] = facts.first('shipped');
  if (age === undefined) return failed('none has', logOf(binlogUnit));
  const when = `${durationText(Number(age) * 1000)} ago`;
  return Number(age) > oldestShipping ? failed(when, logOf(binlogUnit)) : ok(when);
}

function logOf(unit: string): string {
  return `journalctl -u ${unit} -n 20 on the aws host says why; systemctl start ${unit} there runs it now`;
}
