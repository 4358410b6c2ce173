/** Dumps, shipped binary logs and restores on the host, by the commands that an operator types. */
import { expect, it } from 'vitest';
import type { Place } from './place.ts';

interface Dump {
  readonly id: string;
  readonly label: string;
  readonly reaches: string;
}

export function describeDatabase(place: Place): void {
  const dojang = async (...words: string[]) => {
    const { code, text } = await place.clone.dojang(...words);
    expect(code, text).toBe(0);
    return text;
  };
  const dumps = async () => (await place.clone.answer<{ readonly items: readonly Dump[] }>('restore', '--list')).items;
  const newest = async (label: string) => (await dumps()).find((each) => each.label === label)?.id ?? '';
  const note = (subject: string) =>
    place.must(
      'aws',
      `mysql dojang -e "INSERT INTO people (issuer, subject, email, name, created_at, signed_in_at) VALUES ('test', '${subject}', 'e', 'n', NOW(), NOW())"`,
    );
  const noted = async () =>
    (await place.must('aws', `mysql dojang -Ne "SELECT subject FROM people WHERE issuer = 'test' ORDER BY id"`))
      .split('\n')
      .filter(Boolean);
  /** The host's clock, once its next second has begun: binary logs hold whole seconds. */
  const nextSecond = async () => {
    const now = await place.must('aws', `n=$(date +%s); until [ "$(date +%s)" != "$n" ]; do sleep 0.05; done; date -u +%Y-%m-%dT%H:%M:%SZ`);
    return now;
  };
  const serves = async () => {
    const { ok } = await fetch(`${place.url}/health/readiness`).catch(() => ({ ok: false }));
    return (
      ok ||
      (await place.on('aws', 'curl -fsS http://127.0.0.1:8080/health/readiness || curl -fsS http://127.0.0.1:8081/health/readiness'))
        .code === 0
    );
  };

  it('timers make a dump every night and ship binary logs every few minutes', async () => {
    expect(await place.must('aws', 'systemctl is-active dojang-dump.timer dojang-binlog.timer')).toBe('active\nactive');
    await note('before the night');
    await place.must('aws', 'systemctl start dojang-dump.service');
    await place.must('aws', 'systemctl start dojang-binlog.service');
    const [first] = await dumps();
    expect(first?.label).toBe('nightly');
    expect((await place.clone.dojang('doctor')).text).toMatch(/✓ a dump of the database was restored and compared/);
  });

  it('dojang dump makes one, and a rehearsal of it leaves the service untouched', async () => {
    expect(await dojang('dump')).toMatch(/restored and compared: \d+ tables, \d+ rows/);
    const before = await noted();
    expect(await dojang('restore', await newest('manual'), '--rehearse')).toMatch(/^ +people +\d+ {2}[0-9a-f]{12}$/m);
    expect(await noted()).toEqual(before);
    expect(await place.must('aws', `mysql -Ne "SHOW DATABASES LIKE 'dojang\\_%'"`)).toBe('');
  });

  it('a restore to a time brings back what was there, and keeps what it replaces', async () => {
    await note('before the mistake');
    const time = await nextSecond();
    await note('the mistake');
    const id = await newest('manual');
    const refused = await place.clone.dojang('restore', id, '--to', time);
    expect(refused.code).toBe(1);
    expect(refused.text).toContain(`--approve ${id}`);
    expect(await noted()).toContain('the mistake');
    const text = await dojang('restore', id, '--to', time, '--approve', id);
    expect(text).toMatch(/^down for \d+\.\d s$/m);
    expect(await noted()).toEqual(['before the night', 'before the mistake']);
    expect(await serves()).toBe(true);
    expect(await newest('before-restore')).not.toBe('');
  });

  it('a data directory that was destroyed comes back from the dump and the shipped binary logs', async () => {
    await note('shipped');
    await place.must('aws', 'systemctl start dojang-binlog.service');
    const id = await newest('restored');
    await place.must('aws', 'systemctl stop mysql.service && umount /var/lib/mysql && rm -rf /srv/data/mysql');
    // The API has no tables to be healthy with until the restore.
    const provisioned = await place.clone.dojang('provision');
    expect(provisioned.text).toMatch(/mysql-data +changed/);
    await dojang('restore', id, '--to', 'now', '--approve', id);
    expect(await noted()).toEqual(['before the night', 'before the mistake', 'shipped']);
    await dojang('provision');
    await dojang('doctor');
  });
}
