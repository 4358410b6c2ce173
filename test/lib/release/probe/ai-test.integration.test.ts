/** The functional test of the AI server: the real one with its engines, and what one may answer. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { triggersOf } from '../../../../lib/release/plan/triggers.ts';
import { judgeWatch, type Sample } from '../../../../lib/release/plan/watch.ts';
import { aiTestScript } from '../../../../lib/release/probe/ai-test.ts';
import { measureScript } from '../../../../lib/release/probe/measure.ts';
import { samplesFrom } from '../../../../lib/release/probe/samples.ts';
import { pythonEnvironment } from '../../../../scripts/io/process/python.ts';
import { remove, root } from '../../../../scripts/io/state.ts';
import { freePorts } from '../../host/nginx/nginx.ts';
import { runScript } from './run.ts';

const folder = mkdtempSync(join(tmpdir(), 'dojang-ai-probe-'));
const home = join(root, 'apps/ai');
afterAll(() => remove(folder));

const judge = (samples: readonly Sample[]) => judgeWatch(samples, undefined, triggersOf('ai'));
const run = async (port: number) => samplesFrom(await runScript(aiTestScript().script, { '127.0.0.1:8000': `127.0.0.1:${port}` }));

describe('the real server', () => {
  let child: ChildProcess;
  let endpoint: Server;
  let answer: (response: ServerResponse) => void;

  beforeEach(async () => {
    answer = (response) => response.writeHead(500).end('{"error":{"message":"CUDA error: out of memory"}}');
    endpoint = createServer((incoming, response) => {
      incoming.resume();
      if (incoming.method === 'GET') response.setHeader('content-type', 'application/json').end('{"object":"list","data":[]}');
      else answer(response);
    });
    await once(endpoint.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(async () => {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
    endpoint.closeAllConnections();
    endpoint.close();
  });

  async function start(engine: 'offline' | 'endpoint'): Promise<number> {
    const python = await pythonEnvironment(join(home, 'requirements-test.txt'), () => undefined);
    const [port = 0] = await freePorts(1);
    const model = { AI_ENDPOINT: `http://127.0.0.1:${(endpoint.address() as AddressInfo).port}/v1`, AI_MODEL: 'a-model' };
    const env = { AI_ENGINE: engine, AI_OCR: 'none', AI_DATA: folder, PORT: String(port), PYTHONDONTWRITEBYTECODE: '1' };
    child = spawn(python, ['-m', 'dojang_ai'], {
      cwd: home,
      env: { PATH: process.env.PATH, ...env, ...(engine === 'endpoint' && model) },
      stdio: 'ignore',
    });
    await expect
      .poll(() =>
        fetch(`http://127.0.0.1:${port}/health`).then(
          ({ ok }) => ok,
          () => false,
        ),
      )
      .toBe(true);
    return port;
  }

  it('analyses the sample', async () => {
    const samples = await run(await start('offline'));
    expect(samples).toMatchObject([
      { signal: 'analysis', ok: true },
      { signal: 'gpu-memory', ok: true },
      { signal: 'response-time', ok: true },
    ]);
    expect(judge(samples)).toEqual({ do: 'keep' });
  });

  it('is out of memory of the GPU: the release is rolled back and the machine restarted, also by the watch', async () => {
    const port = await start('endpoint');
    const expected = {
      do: 'roll-back',
      scope: 'release-and-machine',
      reason: expect.stringContaining('the endpoint is out of GPU memory'),
    };
    expect(judge(await run(port))).toMatchObject(expected);
    const log = join(folder, 'log');
    const { script } = measureScript({ component: 'ai', seconds: 10 });
    const measured = await runScript(`mkdir -p ${log}; touch ${log}/access.log\n${script}`, {
      '/var/log/nginx': log,
      '127.0.0.1:8000': `127.0.0.1:${port}`,
    });
    expect(judge(samplesFrom(measured))).toMatchObject(expected);
  });

  it('cannot analyse for another reason of the model: the release alone is rolled back', async () => {
    answer = (response) => response.writeHead(500).end('{"error":{"message":"no"}}');
    expect(judge(await run(await start('endpoint')))).toMatchObject({
      scope: 'release',
      reason: expect.stringContaining('the analysis of a contract fails'),
    });
  });
});

describe('a server that answers', () => {
  let server: Server;
  let health: readonly [status: number, body: object];
  let analyses: (readonly [status: number, body: object])[];
  const good = [200, { clauses: [], pages: [{ number: 1, characters: 90 }] }] as const;
  const busy = [503, { detail: 'too many contracts are waiting' }] as const;

  beforeEach(async () => {
    health = [200, { ok: true }];
    analyses = [good];
    server = createServer((incoming, response) => {
      const [status, body] = incoming.url === '/health' ? health : ((analyses.length > 1 ? analyses.shift() : analyses[0]) ?? good);
      incoming.resume().once('end', () => response.writeHead(status, { 'retry-after': '0' }).end(JSON.stringify(body)));
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
  });
  afterEach(() => void server.close());

  const samples = () => run((server.address() as AddressInfo).port);

  it('first that it is full, then with an analysis, passes', async () => {
    analyses = [busy, busy, good];
    expect(judge(await samples())).toEqual({ do: 'keep' });
  });

  it.each([
    ['500', [500, { detail: 'an unexpected error' }], 'status 500 an unexpected error'],
    ['something else', [200, { ok: true }], 'status 200'],
    ['that no worker is free', [503, { detail: 'no worker is free' }], 'status 503 no worker is free'],
  ] as const)('%s is rolled back', async (_, answered, reason) => {
    analyses = [answered];
    expect(judge(await samples())).toMatchObject({ scope: 'release', reason: `the analysis of a contract fails: 1 in a row (${reason})` });
  });

  it('that a library of the GPU is out of memory restarts the machine', async () => {
    analyses = [[503, { detail: 'CUDA out of memory. Tried to allocate 2.00 GiB' }]];
    expect(judge(await samples())).toMatchObject({ scope: 'release-and-machine', reason: expect.stringContaining('CUDA out of memory') });
  });

  it('why it has no model is not tested, and stays', async () => {
    health = [503, { ok: false, reason: 'the endpoint cannot be reached' }];
    expect(await samples()).toMatchObject([{ signal: 'analysis', ok: true, note: 'not tested: the endpoint cannot be reached' }]);
  });
});
