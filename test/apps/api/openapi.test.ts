import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contractsPart } from '../../../apps/api/src/contracts/index.ts';
import type { Router } from '../../../apps/api/src/http/router.ts';
import { type Answer, type TestDeps, unauthenticatedClient, type Visitor, visited } from './app.ts';
import { useMysql } from './mysql.ts';

interface Document {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

interface Operation {
  readonly requestBody?: unknown;
  readonly parameters?: readonly { readonly name: string; readonly schema: object }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>>;
}

const mysql = useMysql();
let deps: TestDeps;
let app: Router;
let person: Visitor;
let document: Document;

beforeEach(async () => {
  ({ deps, app, person } = await visited(mysql, { parts: (deps) => ({ contracts: contractsPart(deps) }) }));
  document = await (await unauthenticatedClient(app).call('GET', '/api/openapi.json')).json<Document>();
});

/** Refused when the answer is not one that the document describes. */
async function expectDescribed(method: string, path: string, answer: Answer): Promise<unknown> {
  const operation = document.paths[path]?.[method.toLowerCase()];
  const response = operation?.responses[String(answer.status)];
  expect(response, `${method} ${path} ${answer.status}`).toBeDefined();
  const type = answer.headers.get('content-type')?.split(';')[0] ?? '';
  if (answer.status === 204) return expect(type).toBe('');
  const schema = response?.content?.[type]?.schema;
  expect(schema, `${method} ${path} ${answer.status} ${type}`).toBeDefined();
  const body = await answer.json();
  // References lead from the root of a schema.
  const standalone = JSON.stringify({ ...schema, $defs: document.components.schemas }).replaceAll('#/components/schemas/', '#/$defs/');
  expect(() => z.fromJSONSchema(JSON.parse(standalone)).parse(body)).not.toThrow();
  return body;
}

describe('the OpenAPI document', () => {
  it('is of version 3.1 and public', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
  });

  it('has every route of the application, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) => Object.keys(methods).map((each) => `${each} ${path}`));
    const served = app.routes
      .filter(({ method, path }) => method !== 'ALL' && !path.endsWith('*'))
      .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, '{$1}')}`);
    expect(described.toSorted()).toEqual([...new Set(served)].toSorted());
    expect(described).toContain('post /api/contracts');
  });

  it('has unresolved references to nothing', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    expect(references.length).toBeGreaterThan(0);
    for (const name of references) expect(document.components.schemas).toHaveProperty([name ?? '']);
  });

  it('says what the limits are', () => {
    const text = JSON.stringify(document);
    const body = (path: string) => JSON.stringify(document.paths[path]?.post?.requestBody);
    expect(JSON.parse(body('/api/contracts')).content['application/json'].schema.properties.pages).toMatchObject({
      ...{ minItems: 1, maxItems: deps.settings.maxPages },
      items: { properties: { text: { maxLength: deps.settings.maxPageCharacters } } },
    });
    expect(body('/api/contracts')).toContain(`At most ${deps.settings.maxCharacters} characters`);
    expect(document.components.schemas.NoteInput).toMatchObject({
      properties: { title: { minLength: 1, maxLength: 100 }, checked: { maxItems: 200, items: { type: 'string' } } },
    });
    expect(document.components.schemas.ListingInput).toMatchObject({ properties: { areaM2: { minimum: 1, maximum: 10_000 } } });
    expect(text).toContain('"maxLength":1200');
    for (const path of ['/api/contracts', '/api/listings']) {
      const limit = document.paths[path]?.get?.parameters?.find(({ name }) => name === 'limit');
      expect(limit?.schema, path).toMatchObject({ type: 'integer', minimum: 1 });
    }
  });

  it('describes what is answered', async () => {
    const note = { title: '망원동', deposit: 1, checked: ['fixed-date'], visitedOn: '2026-11-20' };
    const listing = { title: '원룸', district: '마포구', deposit: 1, monthlyRent: 0, areaM2: 23.1 };
    const made = await expectDescribed('POST', '/api/notes', await person.call('POST', '/api/notes', note));
    const { id } = made as { id: string };
    const added = await expectDescribed('POST', '/api/listings', await person.call('POST', '/api/listings', listing));
    const { id: listingId } = added as { id: string };
    const calls: [method: string, path: string, id?: string, body?: object][] = [
      ['GET', '/health'],
      ['GET', '/health/liveness'],
      ['GET', '/health/readiness'],
      ['GET', '/api/openapi.json'],
      ['GET', '/api/auth/login'],
      ['GET', '/api/auth/callback'],
      ['GET', '/api/me'],
      ['GET', '/api/checklist'],
      ['GET', '/api/notes'],
      ['POST', '/api/notes', '', {}],
      ['GET', '/api/notes/{id}', id],
      ['GET', '/api/notes/{id}', '999'],
      ['PUT', '/api/notes/{id}', id, note],
      ['DELETE', '/api/notes/{id}', id],
      ['GET', '/api/listings'],
      ['POST', '/api/listings', '', {}],
      ['GET', '/api/listings/{id}', listingId],
      ['DELETE', '/api/listings/{id}', listingId],
      ['GET', '/api/contracts'],
      ['POST', '/api/auth/logout'],
      ['GET', '/api/me'],
      ['GET', '/api/notes'],
      ['POST', '/api/listings', '', listing],
    ];
    for (const [method, path, at = '', body] of calls)
      await expectDescribed(method, path, await person.call(method, path.replace('{id}', at), body));
  });
});
