/** Bodies are read in processes that are killed at their deadline; other requests go on. */
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { ContentReader, type ReaderOptions } from '../../../../apps/api/src/contracts/submission/content-reader.ts';
import { bodyBytes, defaultLimits } from '../../../../apps/api/src/contracts/submission/limits.ts';
import { Problem } from '../../../../apps/api/src/errors.ts';
import { createLog } from '../../../../apps/api/src/log.ts';
import { until } from './service.ts';

const readers: ContentReader[] = [];
afterAll(async () => {
  await Promise.all(readers.map((each) => each.stop()));
});

function newReader(options: Partial<ReaderOptions> = {}): ContentReader {
  const made = new ContentReader({ limits: defaultLimits, log: createLog('silent'), ...options });
  readers.push(made);
  return made;
}

/** Of most tests: to start a process takes longer than to read. */
const reader = newReader();

const bytes = (content: string | Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(content as string));
const json = (value: unknown) => bytes(JSON.stringify(value));

/** The problem that a refused body is answered with. */
async function refusal(reading: Promise<unknown>): Promise<Problem> {
  const error = await reading.then(
    () => undefined,
    (cause: unknown) => cause,
  );
  if (!(error instanceof Problem)) throw new Error(`it was read, or failed: ${error}`);
  return error;
}

describe('a process that reads', () => {
  const script = fileURLToPath(new URL('workers/hostile.ts', import.meta.url));
  const alive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };

  it.each(['loops for ever', 'normalizes for ever', 'takes all memory', 'makes one huge list', 'ends'])(
    'that %s is ended, while others are read, and the next is read too',
    async (deed) => {
      const hostile = newReader({ script, deadlineMs: 2_000 });
      const honest = async () => (await hostile.read(bytes('is honest'), 'application/json')).pages[0];
      const first = await honest();
      const refused = refusal(hostile.read(bytes(deed), 'application/json'));
      await honest();
      expect(await refused).toMatchObject({ status: 503, headers: { 'retry-after': '5' } });
      const last = await until(honest);
      // The process that was first is the one that was killed.
      await until(() => !alive(Number(first?.kind === 'text' ? first.text : 0)));
      expect(last).not.toEqual(first);
    },
  );

  it('that was killed from outside does not hold up the end of the service', async () => {
    const own = newReader({ script });
    const { pages } = await own.read(bytes('is honest'), 'application/json');
    const pid = Number(pages[0]?.kind === 'text' ? pages[0].text : 0);
    process.kill(pid, 'SIGTERM');
    await until(() => !alive(pid));
    await own.stop();
  }, 30_000);

  it('has nothing of the environment that the service was started with', async () => {
    const environment = fileURLToPath(new URL('workers/environment.ts', import.meta.url));
    process.env.SESSION_SECRET = 'a-secret-of-the-tests-that-is-long-enough';
    try {
      const { pages } = await newReader({ script: environment }).read(bytes(''), 'application/json');
      expect(JSON.stringify(pages)).not.toContain('SECRET');
    } finally {
      delete process.env.SESSION_SECRET;
    }
  });
});

describe('characters', () => {
  const { maxCharacters, maxPageCharacters, maxPages } = defaultLimits;
  const pages = (...texts: string[]) => json({ pages: texts.map((text) => ({ text })) });

  it('are taken up to the limits of a page and of a contract, whatever they are made of', async () => {
    const page = '가'.repeat(maxPageCharacters);
    const whole = Array.from({ length: Math.floor(maxCharacters / maxPageCharacters) }, () => page);
    expect((await reader.read(pages(...whole), 'application/json')).pages).toHaveLength(whole.length);
    const escaped = page.replaceAll('가', '\\uac00');
    const body = bytes(`{"pages":[${whole.map(() => `{"text":"${escaped}"}`).join(',')}]}`);
    expect(body.length).toBeLessThan(bodyBytes('json', defaultLimits));
    expect((await reader.read(body, 'application/json')).pages[0]).toEqual({ kind: 'text', text: page });
  });

  it('are refused beyond them, and the page is named', async () => {
    const tooLong = await refusal(reader.read(pages('제1조', 'x'.repeat(maxPageCharacters + 1)), 'application/json'));
    expect(tooLong).toMatchObject({
      status: 422,
      details: { errors: [{ field: 'pages.1', message: expect.stringContaining('40000 characters') }] },
    });
    const many = Array.from({ length: maxPages }, () => '가'.repeat(maxCharacters / maxPages + 1));
    const tooMany = await refusal(reader.read(pages(...many), 'application/json'));
    expect(tooMany.details.errors).toEqual([{ field: 'pages', message: 'must have at most 240000 characters in all, not 240030' }]);
  });

  it('are counted in the form in which they are compared, when that is longer', async () => {
    // One code unit each, three when composed: the letter is kept apart in Unicode.
    const longer = Array.from({ length: 6 }, () => '\ufb2c'.repeat(20_000));
    const refused = await refusal(reader.read(pages(...longer), 'application/json'));
    expect(refused.details.errors?.[0]?.message).toContain('not 360000');
  });

  it.each(['utf8', 'utf16le'] as const)('are counted in files of %s as well', async (encoding) => {
    const file = (text: string) => ({
      type: 'multipart/form-data; boundary=b',
      body: Buffer.concat([
        Buffer.from('--b\r\ncontent-disposition: form-data; name="pages"; filename="a.txt"\r\n\r\n'),
        Buffer.from(encoding === 'utf8' ? text : `\ufeff${text}`, encoding),
        Buffer.from('\r\n--b--\r\n'),
      ]),
    });
    const fits = file('가'.repeat(maxPageCharacters));
    expect((await reader.read(bytes(fits.body), fits.type)).pages[0]).toMatchObject({ kind: 'text' });
    for (const text of ['가'.repeat(maxPageCharacters + 2), 'a'.repeat(2_000_000)]) {
      const { type, body } = file(text);
      expect((await refusal(reader.read(bytes(body), type))).details.errors?.[0]?.message).toContain(
        'a.txt has more than 40000 characters',
      );
    }
  });
});

describe('a form', () => {
  const form = (head: string, end = '\r\n\r\nx\r\n--b--\r\n') => bytes(`--b\r\ncontent-disposition: form-data; ${head}${end}`);
  const read = (body: Uint8Array<ArrayBuffer>, boundary = 'b') => reader.read(body, `multipart/form-data; boundary=${boundary}`);

  it('shows names of files only as far as they can be shown', async () => {
    const name = `a\u202ecod.exe\u0007${'x'.repeat(500)}`;
    const [error] = (await refusal(read(form(`name="pages"; filename="${name}"`, '\r\n\r\n\u0001\r\n--b--\r\n')))).details.errors ?? [];
    expect(error?.message).toMatch(/^a cod\.exe x{70} is nothing/);
  });

  it('is refused when a name or a text in it is not UTF-8', async () => {
    const latin = (text: string) => bytes(Buffer.from(text, 'latin1'));
    const head = '--b\r\ncontent-disposition: form-data; name="pages"';
    for (const body of [`${head}\r\n\r\ncaf\xe9\r\n--b--\r\n`, `${head}; filename="\xff.txt"\r\n\r\nx\r\n--b--\r\n`])
      expect((await refusal(read(latin(body)))).status).toBe(422);
  });

  const parts = (count: number) => bytes(`${'--b\r\ncontent-disposition: form-data; name="x"\r\n\r\n\r\n'.repeat(count)}--b--\r\n`);
  it.each([
    ['very many parts', () => parts(300_000), 'b', 422],
    ['a header without an end', () => form(`name="pages${'a'.repeat(15_000_000)}`), 'b', 400],
    ['headers without an end', () => form(`name="pages"${'\r\na: b'.repeat(2_000_000)}`), 'b', 400],
    ['a boundary that is found everywhere but for its end', () => bytes(Buffer.alloc(20_000_000, '-')), '-'.repeat(70), 422],
    ['a boundary of one letter in a body of it', () => bytes(Buffer.alloc(20_000_000, 'a')), 'a'.repeat(70), 400],
    ['no boundary', () => bytes('x'), '', 400],
  ])('with %s is refused in good time', async (_, body, boundary, status) => {
    const begun = performance.now();
    expect((await refusal(read(body(), boundary))).status).toBe(status);
    expect(performance.now() - begun).toBeLessThan(8_000);
  });
});

describe('JSON', () => {
  const nested = (open: string, close: string, depth: number) => bytes(`{"pages":${open.repeat(depth)}${close.repeat(depth)}}`);
  it.each([
    ['arrays within arrays', () => nested('[', ']', 700_000)],
    ['objects within objects', () => nested('{"a":', '}', 200_000)],
    ['very many pages', () => json({ pages: Array.from({ length: 300_000 }, () => 1) })],
    ['very many fields', () => json(Object.fromEntries(Array.from({ length: 100_000 }, (_, at) => [`k${at}`, 1])))],
    ['one very long name', () => json({ pages: [{ text: 'x' }], ['k'.repeat(1_000_000)]: 1 })],
    ['no UTF-8', () => bytes(Buffer.from('{"pages":[{"text":"caf\xe9"}]}', 'latin1'))],
    ['half a character', () => bytes('{"pages":[{"text":"a\\udead"}]}')],
    ['a NUL', () => json({ pages: [{ text: 'a\u0000' }] })],
    ['an override of the direction', () => json({ pages: [{ text: 'a\u202e' }] })],
    ['nothing that can be seen', () => json({ pages: [{ text: '\u200b\ufeff' }] })],
    ['a tower of marks', () => json({ pages: [{ text: `a${'\u0301'.repeat(31)}` }] })],
  ])('of %s is refused in few words', async (_, body) => {
    const begun = performance.now();
    const { status, details } = await refusal(reader.read(body(), 'application/json'));
    expect(status).toBe(422);
    expect(JSON.stringify(details).length).toBeLessThan(2_000);
    expect(performance.now() - begun).toBeLessThan(8_000);
  });
});
