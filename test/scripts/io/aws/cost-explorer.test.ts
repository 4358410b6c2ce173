/** The questions that are really sent to Cost Explorer, answered by a stand-in. */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { costAndUsage } from '../../../../scripts/io/aws/cost-explorer.ts';
import { type Connection, connectionFrom } from '../../../../scripts/io/connection.ts';

const environment = environmentOf(service, 'prod');
const period = { from: '2026-11-01', until: '2026-11-15' };
const asked: unknown[] = [];
let account = environment.aws.account;
let server: Server;
let connection: Connection;

beforeAll(async () => {
  server = createServer(async (request, response) => {
    const body = await text(request);
    response.end(isIdentity(request, body) ? identity() : answer(body));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const AWS_ENDPOINT_URL = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  connection = connectionFrom({ AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' });
});

afterAll(() => void server.close());

function isIdentity(_: IncomingMessage, body: string): boolean {
  return body.includes('GetCallerIdentity');
}

function identity(): string {
  return `<GetCallerIdentityResponse><GetCallerIdentityResult><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
}

/** Two pages: the first names the second. */
function answer(body: string): string {
  const question = JSON.parse(body);
  asked.push(question);
  const Groups = [{ Keys: ['EC2', question.NextPageToken ?? 'first'], Metrics: { UnblendedCost: { Amount: '1.5', Unit: 'USD' } } }];
  const page = { ResultsByTime: [{ TimePeriod: { Start: period.from, End: period.until }, Groups, Estimated: true }] };
  return JSON.stringify(question.NextPageToken ? page : { ...page, NextPageToken: 'second' });
}

it('asks for every page of these days, by service and usage type, without what credits paid', async () => {
  const pages = await costAndUsage(environment, period, connection);
  expect(pages).toMatchObject([
    { ResultsByTime: [{ Groups: [{ Keys: ['EC2', 'first'] }] }] },
    { ResultsByTime: [{ Groups: [{ Keys: ['EC2', 'second'] }] }] },
  ]);
  expect(asked).toHaveLength(2);
  expect(asked[0]).toMatchObject({
    TimePeriod: { Start: '2026-11-01', End: '2026-11-15' },
    Metrics: ['UnblendedCost'],
    GroupBy: [{ Key: 'SERVICE' }, { Key: 'USAGE_TYPE' }],
    Filter: { Not: { Dimensions: { Key: 'RECORD_TYPE', Values: ['Credit', 'Refund'] } } },
  });
  expect(asked[1]).toMatchObject({ NextPageToken: 'second' });
});

it('does not read the bill of another account', async () => {
  account = '999999999999';
  asked.length = 0;
  await expect(costAndUsage(environment, period, connection)).rejects.toMatchObject({ code: 'wrong-account' });
  expect(asked).toEqual([]);
});
