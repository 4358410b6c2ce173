/** Every id in a path has one spelling: what MySQL would take for the same text leads nowhere. */
import { beforeEach, describe, expect, it } from 'vitest';
import { contractsPart } from '../../../../../apps/api/src/contracts/index.ts';
import type { Router } from '../../../../../apps/api/src/http/router.ts';
import { publicUrl, type Visitor, visited } from '../../app.ts';
import { useMysql } from '../../mysql.ts';

const mysql = useMysql();
let app: Router;
let person: Visitor;

beforeEach(async () => {
  ({ app, person } = await visited(mysql, { parts: (deps) => ({ contracts: contractsPart(deps) }) }));
});

const house = { title: '원룸', district: '마포구', deposit: 1, monthlyRent: 0 };

async function created(path: string, body: object): Promise<string> {
  const response = await person.call('POST', path, body);
  return (await response.json<{ id: string }>()).id;
}

/** Other spellings of the same id, percent-encoded as they go over the wire. */
function spellings(id: string): string[] {
  const around = ['%20', '%20%20%20', '%09', '%0a', '%00', '%c2%a0', '%e3%80%80', '+', '.', ';'];
  return [
    ...around.map((each) => `${id}${each}`),
    ...around.map((each) => `${each}${id}`),
    ...[`0${id}`, `%2b${id}`, `${id}.0`, `${id}e0`, `{${id}}`, `urn:uuid:${id}`, id.replaceAll('-', '')],
    ...[id.toUpperCase(), id.replace(/[a-f]/, (letter) => letter.toUpperCase()), [...id].map(fullWidth).join('')],
  ].filter((each) => each !== id);
}

const fullWidth = (letter: string) => encodeURIComponent(/\w/.test(letter) ? String.fromCharCode(letter.charCodeAt(0) + 0xfee0) : letter);

async function called(method: string, path: string, id: string): Promise<number> {
  const body = method === 'PUT' ? { title: '망원동' } : undefined;
  const response = await person.call(method, path.replace(':id', id), body);
  await response.body?.cancel();
  return response.status;
}

const kinds: Readonly<Record<string, () => Promise<string>>> = {
  notes: () => created('/api/notes', { title: '망원동' }),
  listings: () => created('/api/listings', house),
  contracts: () => created('/api/contracts', { pages: [{ text: '제1조' }] }),
};
const kindOf = (path: string) => path.split('/')[2] ?? '';

describe('an id in a path', () => {
  it('has one spelling on every route of the application', async () => {
    const routes = app.routes.filter(({ method, path }) => method !== 'ALL' && path.includes(':id'));
    expect(new Set(routes.map(({ path }) => kindOf(path)))).toEqual(new Set(Object.keys(kinds)));
    const taken: string[] = [];
    for (const { method, path } of routes) {
      const id = (await kinds[kindOf(path)]?.()) ?? '';
      for (const spelling of spellings(id)) {
        const status = await called(method, path, spelling);
        if (status !== 404) taken.push(`${method} ${path.replace(':id', spelling)} ${status}`);
      }
      // No other spelling has deleted it.
      expect([200, 204], `${method} ${path}`).toContain(await called(method, path, id));
    }
    expect(taken).toEqual([]);
  });

  it('that is none is answered with a problem', async () => {
    for (const path of ['/api/notes/0', "/api/notes/1'--", '/api/notes/99999999999999999999', '/api/listings/0', '/api/contracts/1']) {
      const response = await person.call('GET', path);
      expect([response.status, response.headers.get('content-type')], path).toEqual([404, 'application/problem+json']);
    }
  });

  it('is not looked up for people who are not signed in', async () => {
    const response = await app.request('/api/contracts/x%20/events', { headers: { origin: publicUrl } });
    expect(response.status).toBe(401);
  });
});
