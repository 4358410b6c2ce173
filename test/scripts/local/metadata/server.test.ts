import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import { startMetadata } from '../../../../scripts/local/metadata/server.ts';

let server: Server;
afterEach(() => server.close());

async function asked(host: HostName | undefined, path: string, headers: Record<string, string> = {}, method = 'GET') {
  server = await startMetadata('127.0.0.1', 0, () => host);
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const ask = (to: string, by: RequestInit) => fetch(`${at}${to}`, by);
  const token = await (await ask('/latest/api/token', { method: 'PUT', headers: { 'x-aws-ec2-metadata-token-ttl-seconds': '60' } })).text();
  const filled = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value.replace('TOKEN', token)]));
  const { status, ...answer } = await ask(path, { method, headers: filled }).then(async (each) => ({
    status: each.status,
    text: await each.text(),
  }));
  return `${status} ${answer.text}`;
}

const credentials = '/latest/meta-data/iam/security-credentials/';
const withToken = { 'x-aws-ec2-metadata-token': 'TOKEN' };
const google = '/computeMetadata/v1/instance/service-accounts/default/token';

it.each<[string, HostName | undefined, string, Record<string, string>, RegExp]>([
  ['the role of the AWS host to a request with a token', 'aws', credentials, withToken, /^200 embedded-host$/],
  ['its keys too', 'aws', `${credentials}embedded-host`, withToken, /^200 .*"AccessKeyId":"local"/],
  ['nothing without a token', 'aws', credentials, {}, /^401/],
  ['nothing of another role', 'aws', `${credentials}other`, withToken, /^404/],
  ['nothing of Google to AWS', 'aws', google, { ...withToken, 'metadata-flavor': 'Google' }, /^404/],
  ["the account's token to the GCP host with Google's header", 'gcp', google, { 'metadata-flavor': 'Google' }, /^200 .*"access_token"/],
  ['nothing without the header', 'gcp', google, {}, /^403/],
  ['nothing to other clients', undefined, credentials, withToken, /^404/],
])('answers %s', async (_, host, path, headers, answer) => expect(await asked(host, path, headers)).toMatch(answer));

it('gives a token to a PUT that says how long, and to nothing else', async () => {
  expect(await asked('aws', '/latest/api/token', {}, 'PUT')).toMatch(/^400/);
});
