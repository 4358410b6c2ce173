/** What operators use every day: the maintenance page, logs, a command, a shell, the audit. */
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { waitUntil } from '../../../scripts/io/process/wait-until.ts';
import type { Place } from './place.ts';

interface Logs {
  readonly lines: readonly { readonly time: string; readonly host: string; readonly source: string; readonly text: string }[];
  readonly unreachable: readonly string[];
}

interface Audit {
  readonly records: readonly {
    readonly verb: string;
    readonly outcome?: string;
    readonly status?: number;
    readonly words: readonly string[];
  }[];
}

export function describeDay2(place: Place): void {
  /** The status and the body, as a visitor on the internet gets them. */
  const visit = async (path: string) => {
    const { text } = await place.clone.run('curl', ['-sk', '-w', '\n%{http_code}', `${place.url}${path}`]);
    return { status: Number(text.split('\n').at(-1)), text };
  };

  it('the maintenance page is what visitors get until it is off, through a restart and a provision', async () => {
    const on = await place.clone.dojang('maintenance', 'on', '--reason', 'a larger disk');
    expect(on.code, on.text).toBe(0);
    expect(await visit('/')).toMatchObject({ status: 503, text: expect.stringContaining('점검 중입니다') });
    expect(await visit('/api/checklist')).toMatchObject({ status: 503, text: expect.stringContaining('"under maintenance"') });
    await place.must('aws', 'systemctl restart nginx && curl -fsk https://127.0.0.1/health/readiness');
    expect((await place.clone.dojang('provision', '--only', 'nginx-site')).text).toContain('nothing to change');
    expect((await visit('/')).status).toBe(503);
    expect((await place.clone.dojang('status')).text).toMatch(/page +maintenance is on since \S+, by .* on .*: a larger disk/);
    expect((await place.clone.dojang('doctor')).text).toMatch(/! visitors reach the service[^\n]*\n[\s\S]*?Next: dojang maintenance off/);
    const off = await place.clone.dojang('maintenance', 'off');
    expect(off.code, off.text).toBe(0);
    expect((await visit('/')).status).toBe(200);
    expect((await visit('/api/checklist')).status).toBe(200);
  });

  it('a command on a host prints what it prints, and its exit status is passed on', async () => {
    // Beside the answer, the progress of the embedded clouds is on stderr.
    const out = (words: string) => place.clone.run('bash', ['-c', `node bin/dojang.ts exec ${words} 2>/dev/null`]);
    expect(await out('aws -- systemctl is-active nginx')).toEqual({ code: 0, text: 'active\n' });
    const failed = await place.clone.dojang('exec', 'gcp', '--', 'echo out; echo err >&2; exit 7');
    expect(failed.code, failed.text).toBe(7);
    expect(failed.text).toMatch(/err\nout\ndojang: the command ended with status 7 on the gcp host/);
    expect(await out("aws --component api -- 'id -un; ls server.js; echo $MYSQL_USER'")).toEqual({
      code: 0,
      text: 'dojang-api\nserver.js\napi\n',
    });
  });

  it('a shell on a host is that of the host', async () => {
    const typed = "printf 'cat /etc/dojang/api.env | grep -c MYSQL_USER; exit 5\\n' | node bin/dojang.ts shell aws";
    const { code, text } = await place.clone.run('bash', ['-c', typed]);
    expect(code, text).toBe(5);
    expect(text).toMatch(/^1$/m);
  });

  it('logs of both hosts are there, by time', async () => {
    await visit('/api/checklist?from-the-logs');
    const { lines, unreachable } = await place.clone.answer<Logs>('logs', 'all', '--since', '12h', '--lines', '2000');
    expect(unreachable).toEqual([]);
    expect(lines.map(({ time }) => time)).toEqual(lines.map(({ time }) => time).toSorted());
    expect(new Set(lines.map(({ host }) => host))).toEqual(new Set(['aws', 'gcp']));
    expect([...new Set(lines.map(({ source }) => source.replace(/@.*/, '')))].toSorted()).toEqual(['ai', 'api', 'web']);
  });

  it('logs are followed', async () => {
    const following = place.clone.start('node', ['bin/dojang.ts', 'logs', 'web', '--follow', '--since', '1s']);
    let text = '';
    const add = (piece: string) => {
      text += piece;
    };
    for (const stream of [following.stdout, following.stderr]) stream?.setEncoding('utf8').on('data', add);
    const seen = () => text.includes('GET /a-page-to-follow 200');
    const found = await waitUntil(
      async () => {
        if (!seen()) await visit('/a-page-to-follow');
        return seen();
      },
      { interval: 1000, limit: 60_000 },
    );
    following.kill('SIGINT');
    await once(following, 'exit');
    expect(found, text).toBe(true);
  });

  it('the audit has all of it', async () => {
    const { records } = await place.clone.answer<Audit>('audit');
    const of = (verb: string) => records.filter((record) => record.verb === verb);
    expect(of('up').at(-1)).toMatchObject({ outcome: 'done', words: ['up'] });
    expect(of('maintenance').map(({ words }) => words[1])).toEqual(['off', 'on']);
    expect(of('exec').map(({ outcome, status = 0 }) => [outcome, status])).toEqual([
      ['done', 0],
      ['failed', 7],
      ['done', 0],
    ]);
    expect(of('shell')).toMatchObject([{ outcome: 'failed', status: 5 }]);
  });
}
