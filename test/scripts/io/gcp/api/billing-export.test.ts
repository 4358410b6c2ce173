/** The query that is really sent to BigQuery, answered by a stand-in. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import service from '../../../../../dojang.config.ts';
import { environmentOf } from '../../../../../lib/config/environment.ts';
import { gcpSpend } from '../../../../../lib/cost/actual/spend.ts';
import { exportedCosts } from '../../../../../scripts/io/gcp/api/billing-export.ts';

const prod = environmentOf(service, 'prod');
const environment = { ...prod, gcp: { ...prod.gcp, billingExport: 'dojang-prod.billing' } };
const period = { from: '2026-11-01', until: '2026-11-15' };
const asked: { query: string; queryParameters: { name: string; parameterValue: unknown }[] }[] = [];
let server: Server;
let endpoint = '';
let refuse = false;

beforeAll(async () => {
  // Otherwise the SDK looks for the machine's own account in the cloud around it.
  vi.stubEnv('METADATA_SERVER_DETECTION', 'none');
  server = createServer(async (request, response) => {
    const body = await text(request);
    if (body) asked.push(JSON.parse(body));
    response.setHeader('content-type', 'application/json');
    response.statusCode = refuse ? 404 : 200;
    response.end(JSON.stringify(refuse ? { error: refusal } : rows));
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

const fields = ['service', 'sku', 'cost', 'discounts'].map((name) => ({ name, type: 'STRING', mode: 'NULLABLE' }));
const refusal = { code: 404, message: 'Not found: Table', errors: [{ reason: 'notFound', message: 'Not found: Table' }] };
const values = ['Compute Engine', 'Nvidia Tesla T4 GPU running in Seoul', '124.32', '-37.296'];
/** What BigQuery answers to jobs.query. */
const rows = {
  kind: 'bigquery#queryResponse',
  schema: { fields },
  jobReference: { projectId: 'dojang-prod', jobId: 'job', location: 'US' },
  totalRows: '1',
  rows: [{ f: values.map((v) => ({ v })) }],
  jobComplete: true,
};

it('sums the project’s days in the table of its billing account, discounts apart and promotions left out', async () => {
  expect(gcpSpend(await exportedCosts(environment, period, endpoint)).map(({ what, usd }) => [what, usd.toFixed()])).toEqual([
    ['Nvidia Tesla T4 GPU running in Seoul', '87.024'],
  ]);
  const [question] = asked;
  expect(question?.query).toContain('FROM `dojang-prod.billing.gcp_billing_export_v1_012345_6789AB_CDEF01`');
  const parameters = Object.fromEntries((question?.queryParameters ?? []).map(({ name, parameterValue }) => [name, parameterValue]));
  expect(parameters).toMatchObject({ project: { value: 'dojang-prod' }, from: { value: '2026-11-01' }, until: { value: '2026-11-15' } });
  expect(JSON.stringify(parameters.discounts)).toContain('SUSTAINED_USAGE_DISCOUNT');
  expect(JSON.stringify(parameters.discounts)).not.toContain('PROMOTION');
});

it('says what to do when there is no export, or it cannot be read', async () => {
  await expect(exportedCosts(prod, period, endpoint)).rejects.toMatchObject({
    code: 'no-billing-export',
    next: expect.stringContaining('billingExport'),
  });
  refuse = true;
  await expect(exportedCosts(environment, period, endpoint)).rejects.toMatchObject({
    code: 'billing-export-unreadable',
    why: expect.stringContaining('Not found'),
  });
});
