/**
 * The metadata services of both clouds, as far as programs ask them for the machine's identity: the
 * client's address identifies the host. AWS gives nothing without a token (IMDSv2), GCP nothing
 * without its header.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-metadata-v2-how-it-works.html
 * https://cloud.google.com/compute/docs/metadata/querying-metadata
 */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { HostName } from '../../../lib/ports/host-shell.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
}

const notFound: Answer = { status: 404, body: 'Not Found' };
/** As in every embedded cloud; what they open is the embedded AWS. */
const keys = { AccessKeyId: 'local', SecretAccessKey: 'local', Token: 'local' } as const;
const role = 'embedded-host';
const hour = 3_600_000;

/** @param hostAt which host has this address; other clients get 404 */
export function startMetadata(address: string, port: number, hostAt: (address: string) => HostName | undefined): Promise<Server> {
  const token = randomUUID();
  const server = createServer((request, response) => {
    const host = hostAt(request.socket.remoteAddress ?? '');
    const { status, body } = host === 'aws' ? ofAws(request, token) : host === 'gcp' ? ofGcp(request) : notFound;
    response.writeHead(status, host === 'gcp' ? { 'metadata-flavor': 'Google' } : {}).end(body);
  });
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, address, () => resolve(server));
  });
}

function ofAws({ method, url, headers }: IncomingMessage, token: string): Answer {
  if (url === '/latest/api/token') {
    const asked = method === 'PUT' && Number(headers['x-aws-ec2-metadata-token-ttl-seconds']) > 0;
    return asked ? { status: 200, body: token } : { status: 400, body: 'Bad Request' };
  }
  if (headers['x-aws-ec2-metadata-token'] !== token) return { status: 401, body: 'Unauthorized' };
  const credentials = '/latest/meta-data/iam/security-credentials/';
  if (url === credentials) return { status: 200, body: role };
  if (url !== `${credentials}${role}`) return notFound;
  const until = { Code: 'Success', Type: 'AWS-HMAC', LastUpdated: at(0), Expiration: at(6 * hour) };
  return { status: 200, body: JSON.stringify({ ...until, ...keys }) };
}

function ofGcp({ url, headers }: IncomingMessage): Answer {
  if (headers['metadata-flavor'] !== 'Google') return { status: 403, body: 'Missing Metadata-Flavor:Google header.' };
  if (url !== '/computeMetadata/v1/instance/service-accounts/default/token') return notFound;
  return { status: 200, body: JSON.stringify({ access_token: 'local', expires_in: 3600, token_type: 'Bearer' }) };
}

const at = (later: number) => new Date(Date.now() + later).toISOString().replace(/\.\d+Z$/, 'Z');
