/** The maintenance page and the program that turns it on, with a real nginx. */
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request as plainRequest, type ServerResponse } from 'node:http';
import { type ClientHttp2Session, connect } from 'node:http2';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quoted } from '../../../../lib/host/bash/bash-template.ts';
import { maintenanceStep } from '../../../../lib/host/maintenance/tool.ts';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import { bash } from '../bash.ts';
import { Site } from '../nginx/site.ts';
import { local, localFacts, stepOf } from '../recipes.ts';

let site: Site;
beforeEach(async () => {
  site = new Site();
  await site.start();
  writeFileSync(at('web/index.html'), 'the site');
  install();
});
afterEach(() => site.stop());

const at = (name: string) => join(site.nginx.folder, name);
const confFile = () => at('etc/nginx/dojang/maintenance.conf');

/** The program with the places of this nginx; systemd is a stand-in that reloads it. */
function install(): void {
  const { stdout } = bash(`${maintenanceStep().definitions}\ntext_of__usr_local_lib_dojang_maintenance`);
  mkdirSync(at('bin'));
  const nginx = site.nginx.argv.map(quoted).join(' ');
  program('bin/nginx', `#!/bin/bash\nexec ${nginx} "$@"\n`);
  program('bin/systemctl', `#!/bin/bash\n[ "$1 $2" = "reload-or-restart nginx.service" ] || exit 1\n${nginx} -s reload\n`);
  program(
    'maintenance',
    stdout
      .replaceAll('/etc/nginx/', `${at('etc/nginx')}/`)
      .replaceAll('/var/lib/dojang/', `${at('state')}/`)
      .replaceAll('/run/', `${at('run')}/`)
      .replaceAll('PATH=/usr/local/sbin', `PATH=${at('bin')}:/usr/local/sbin`),
  );
}

function program(name: string, content: string): void {
  writeFileSync(at(name), content);
  chmodSync(at(name), 0o755);
}

/**
 * Each request has a connection of its own: nginx closes those that are kept when it reloads, which
 * this process hears of only after a program that it has waited for.
 */
function ask(method: string, path: string, body?: string) {
  const headers: Record<string, string> = { connection: 'close' };
  if (body !== undefined) headers['content-length'] = String(body.length);
  return site.ask(method, path, headers, body);
}

function maintenance(...words: string[]) {
  return bash(`${at('maintenance')} ${words.map(quoted).join(' ')}`);
}

/** Over the port without TLS. */
async function plain(path: string): Promise<{ status: number; location: string | undefined }> {
  const [, port] = /listen (\d+) default_server/.exec(readFileSync(at('etc/nginx/dojang/site.conf'), 'utf8')) ?? [];
  return new Promise((resolve, reject) => {
    plainRequest({ host: '127.0.0.1', port, path }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, location: response.headers.location });
    })
      .once('error', reject)
      .end();
  });
}

describe('the maintenance page', () => {
  it('is off at first, and status says so', async () => {
    expect(maintenance('status')).toMatchObject({ code: 0, stdout: 'off\n' });
    expect(await ask('GET', '/')).toMatchObject({ status: 200, body: 'the site' });
  });

  it('is what every visitor gets, in Korean and English, with when to come again', async () => {
    expect(maintenance('on', 'a larger disk', 'kim on laptop')).toMatchObject({ code: 0, stderr: '' });
    for (const path of ['/', '/contracts/7', '/assets/app-1a2b.js', '/index.html', '/.env', '/apiary', '/healthy']) {
      const { status, headers, body } = await ask('GET', path);
      expect({ path, status, retry: headers['retry-after'], type: headers['content-type'], cache: headers['cache-control'] }).toEqual({
        ...{ path, status: 503, retry: '60', type: 'text/html; charset=utf-8', cache: 'no-store' },
      });
      expect(body).toContain('점검 중입니다');
      expect(body).toContain('Under maintenance');
      expect(body).not.toContain('a larger disk');
    }
    expect(site.asked).toEqual([]);
  });

  it('is JSON for programs that ask the API, whatever the method', async () => {
    maintenance('on');
    for (const [method, path] of [
      ['GET', '/api/checklist'],
      ['POST', '/api/contracts'],
      ['PUT', '/api/notes/1'],
      ['DELETE', '/api/contracts/1'],
      ['GET', '/api/contracts/1/events'],
      ['GET', '/api/auth/login'],
      ['GET', '/api'],
    ] as const) {
      const { status, headers, body } = await ask(method, path, method === 'GET' ? undefined : 'x'.repeat(200_000));
      expect({ path, status, retry: headers['retry-after'], type: headers['content-type'] }).toEqual({
        ...{ path, status: 503, retry: '60', type: 'application/problem+json; charset=utf-8' },
      });
      expect(JSON.parse(body)).toMatchObject({ status: 503, title: 'under maintenance' });
    }
    expect(site.asked).toEqual([]);
    expect((await ask('POST', '/')).status).toBe(503);
  });

  it('has the headers of every answer; its one style is allowed, and no other', async () => {
    const { headers: before } = await ask('GET', '/');
    maintenance('on');
    const { headers, body } = await ask('GET', '/');
    for (const name of ['x-content-type-options', 'x-frame-options', 'referrer-policy', 'cross-origin-opener-policy']) {
      expect(headers[name]).toBe(before[name]);
    }
    const [, style = ''] = /<style>(.*)<\/style>/.exec(body) ?? [];
    const digest = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(style))).toString('base64');
    expect(headers['content-security-policy']).toContain(`style-src 'sha256-${digest}'`);
    expect(before['content-security-policy']).not.toContain('style-src');
  });

  it('leaves the health of the service to the machine itself, and the challenges of Let’s Encrypt', async () => {
    maintenance('on');
    expect((await ask('GET', '/health/readiness')).status).toBe(200);
    expect((await ask('GET', '/health/liveness')).status).toBe(200);
    expect(site.asked).toEqual(['GET /health/readiness', 'GET /health/liveness']);
    expect((await plain('/.well-known/acme-challenge/x')).status).toBe(404);
    expect(await plain('/')).toEqual({ status: 308, location: 'https://127.0.0.1:8443/' });
  });

  it('is off again at once, and what was under it is as it was', async () => {
    maintenance('on');
    expect(maintenance('off')).toMatchObject({ code: 0, stdout: 'off\n', stderr: '' });
    expect(await ask('GET', '/')).toMatchObject({ status: 200, body: 'the site' });
    expect((await ask('GET', '/api/checklist')).status).toBe(200);
  });

  it('is what a new request on an open HTTP/2 connection gets, once its requests have ended', async () => {
    const session = connect(site.url, { rejectUnauthorized: false });
    expect(await statusOver(session)).toBe(200);
    const closed = new Promise((resolve) => session.once('close', resolve));
    maintenance('on');
    await closed;
    const next = connect(site.url, { rejectUnauthorized: false });
    expect(await statusOver(next)).toBe(503);
    next.close();
  });

  it('lets a request in flight end', async () => {
    let waiting: ServerResponse | undefined;
    site.answer = (_, response) => {
      waiting = response;
    };
    const running = ask('GET', '/api/slow');
    await expect.poll(() => site.asked).toEqual(['GET /api/slow']);
    maintenance('on');
    waiting?.end('done');
    expect(await running).toMatchObject({ status: 200, body: 'done' });
  });
});

function statusOver(session: ClientHttp2Session): Promise<number> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ':path': '/' });
    stream.once('response', (headers) => resolve(headers[':status'] ?? 0)).once('error', reject);
    stream.resume();
  });
}

describe('the program', () => {
  it('says since when, by whom and why it is on; twice renews the reason, not the time', () => {
    maintenance('on', 'a larger disk', 'kim on laptop');
    const first = maintenance('status').stdout.split('\n');
    expect(first).toEqual([
      'on',
      expect.stringMatching(/^since\t\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      'by\tkim on laptop',
      'reason\ta larger disk',
      '',
    ]);
    writeFileSync(at('state/maintenance'), 'since\t2026-11-28T00:00:00Z\nby\tkim\nreason\tx\n');
    expect(maintenance('on', 'line one\nsince\tnever', 'lee').stdout).toBe(
      'on\nsince\t2026-11-28T00:00:00Z\nby\tlee\nreason\tline one since never\n',
    );
    expect(maintenance('off').stdout).toBe('off\n');
    expect(maintenance('status').stdout).toBe('off\n');
  });

  it('does not reload nginx where nothing changes', () => {
    program('bin/systemctl', '#!/bin/bash\nexit 1\n');
    expect(maintenance('off')).toMatchObject({ code: 0, stdout: 'off\n' });
  });

  it('leaves all as it is when nginx refuses its configuration', async () => {
    writeFileSync(at('etc/nginx/dojang/maintenance-headers.conf'), 'nonsense;\n');
    const { code, stderr } = maintenance('on');
    expect(code).toBe(1);
    expect(stderr).toContain('unknown directive "nonsense"');
    expect(readFileSync(confFile(), 'utf8')).not.toContain('return 503');
    expect((await ask('GET', '/')).status).toBe(200);
  });

  it('leaves all as it is when nginx is not reloaded, and works again afterwards', async () => {
    const systemctl = readFileSync(at('bin/systemctl'), 'utf8');
    program('bin/systemctl', '#!/bin/bash\necho no bus >&2\nexit 1\n');
    expect(maintenance('on')).toMatchObject({ code: 1, stderr: 'no bus\n' });
    expect(maintenance('status').stdout).toBe('off\n');
    program('bin/systemctl', systemctl);
    expect(maintenance('on').code).toBe(0);
    expect((await ask('GET', '/')).status).toBe(503);
  });

  it('completes what a run left that was ended before nginx had loaded it', async () => {
    maintenance('on');
    const on = readFileSync(confFile(), 'utf8');
    maintenance('off');
    writeFileSync(confFile(), on);
    writeFileSync(`${confFile()}.pending`, '');
    expect((await ask('GET', '/')).status).toBe(200);
    expect(maintenance('on').code).toBe(0);
    expect((await ask('GET', '/')).status).toBe(503);
    expect(existsSync(`${confFile()}.pending`)).toBe(false);
  });

  it('says what to do on a host whose site does not know the page', () => {
    const conf = at('etc/nginx/dojang/site.conf');
    writeFileSync(conf, readFileSync(conf, 'utf8').replace(/include \S*maintenance\.conf;/, ''));
    expect(maintenance('on')).toMatchObject({ code: 1, stderr: expect.stringContaining('dojang provision') });
    expect(maintenance('status').stdout).toBe('off\n');
  });

  it.each([[], ['maybe']])('refuses other words: %j', (...words) => expect(maintenance(...words)).toMatchObject({ code: 64 }));

  it('of two runs at once, one comes after the other', async () => {
    const run = (reason: string) => `${at('maintenance')} on ${reason} >/dev/null`;
    const { code, stdout } = bash(`${run('one')} & one=$!; ${run('two')} & two=$!; wait $one && wait $two && ${at('maintenance')} status`);
    expect({ code, first: stdout.split('\n')[0] }).toEqual({ code: 0, first: 'on' });
    expect((await ask('GET', '/')).status).toBe(503);
  });
});

it('the recipe keeps what is on', () => {
  const { definitions } = stepOf(hostRecipe(local, 'aws', localFacts), 'nginx-site');
  const here = definitions.replaceAll('/etc/nginx/dojang/maintenance.conf', confFile());
  const wanted = () => bash(`${here}\ntext_of__etc_nginx_dojang_maintenance_conf`).stdout;
  expect(wanted()).toBe(readFileSync(confFile(), 'utf8'));
  maintenance('on');
  expect(wanted()).toBe(readFileSync(confFile(), 'utf8'));
  rmSync(confFile());
  expect(wanted()).not.toContain('return 503');
});
