/** Environment variables of the applications. The variables: apps/README.md. */
import type { Environment } from '../../config/environment.ts';
import { filesStep, type HostFile } from '../bash/files.ts';
import { type HostStep, step } from '../bash/step.ts';
import type { HostFacts } from '../facts.ts';
import { database, mysqlSocket } from '../mysql/mysql.ts';
import { paths, ports } from '../paths.ts';
import { aiMemoryOf, requestMebibytes, requestsAtOnce } from './ai-memory.ts';
import { secretValue } from './secret-tool.ts';

export function folders(): HostStep {
  const own: readonly (readonly [string, string, string])[] = [
    [paths.settings, '755', 'root:root'],
    [paths.tls, '755', 'root:root'],
    [paths.releases, '755', 'root:root'],
    [paths.tools, '755', 'root:root'],
  ];
  return step({
    id: 'folders',
    title: 'Folders of releases, settings and certificates',
    check: own.map((each) => `directory_differs ${each.join(' ')}`).join('\n'),
    apply: own.map((each) => `make_directory ${each.join(' ')}`).join('\n'),
  });
}

export function apiSettings(environment: Environment, facts: HostFacts): HostStep {
  return filesStep({
    id: 'api-settings',
    title: 'Settings of the API',
    files: [
      {
        path: `${paths.settings}/api.env`,
        content: assignments(apiVariables(environment, facts)),
        mode: '640',
        owner: 'root:dojang-api',
        secret: true,
      },
    ],
    notifies: ['api-restart'],
  });
}

function apiVariables(environment: Environment, { addresses, publicUrl }: HostFacts): Record<string, string> {
  const { aws } = environment.names.parameters.trust;
  const { signIn, gcp } = environment;
  return {
    HOST: '127.0.0.1',
    PORT: `${ports.api.a}`,
    PUBLIC_URL: publicUrl,
    // The socket proves which machine it is on, and costs less than a connection over loopback.
    MYSQL_SOCKET: mysqlSocket,
    MYSQL_DATABASE: database,
    MYSQL_USER: 'api',
    MYSQL_PASSWORD: secretValue(aws['mysql-api'], 'env'),
    SESSION_SECRET: secretValue(aws['session-secret'], 'env'),
    ...(signIn && {
      OIDC_ISSUER: signIn.issuer,
      OIDC_CLIENT_ID: signIn.clientId,
      OIDC_CLIENT_SECRET: secretValue(aws['oidc-client-secret'], 'env'),
      ...(signIn.issuer.startsWith('http://') && { OIDC_ALLOW_HTTP: 'true' }),
    }),
    AI_CONCURRENCY: `${requestsAtOnce(aiMemoryOf(environment).concurrency)}`,
    AI_URL: `https://${addresses.gcp}:${gcp.aiPort}`,
    AI_CA_FILE: `${paths.tls}/ca.pem`,
    AI_CERT_FILE: `${paths.tls}/peer.pem`,
    AI_KEY_FILE: `${paths.tls}/peer-key.pem`,
  };
}

const modelKeyFile = `${paths.settings}/model-key`;

export function aiSettings(environment: Environment, facts: HostFacts): HostStep {
  const key: HostFile = {
    path: modelKeyFile,
    content: secretValue(environment.names.parameters.trust.gcp['model-key']),
    mode: '640',
    owner: 'root:dojang-ai',
    secret: true,
  };
  const variables: HostFile = {
    path: `${paths.settings}/ai.env`,
    content: assignments(aiVariables(environment, facts)),
    mode: '640',
    owner: 'root:dojang-ai',
  };
  return filesStep({
    id: 'ai-settings',
    title: 'Settings of the AI server',
    files: facts.modelKey ? [key, variables] : [variables],
    notifies: ['ai-restart'],
  });
}

function aiVariables(environment: Environment, { modelKey }: HostFacts): Record<string, string> {
  const { ai } = environment;
  const { concurrency, queue, worker, program } = aiMemoryOf(environment);
  return {
    HOST: '127.0.0.1',
    PORT: `${ports.ai}`,
    AI_ENGINE: ai.engine,
    ...(ai.engine === 'endpoint' && {
      AI_ENDPOINT: ai.endpoint,
      AI_MODEL: ai.model,
      ...(modelKey && { AI_ENDPOINT_KEY_FILE: modelKeyFile }),
    }),
    AI_DATA: `${paths.data}/ai`,
    AI_CONCURRENCY: `${concurrency}`,
    AI_QUEUE: `${queue}`,
    MAX_BYTES: `${requestMebibytes * 1024 * 1024}`,
    // Requests go back to the system when they are answered: glibc would raise this to the size of
    // the first, and keep what follows.
    MALLOC_MMAP_THRESHOLD_: `${1024 * 1024}`,
    AI_WORKER_MEMORY_MIB: `${worker}`,
    AI_PROGRAM_MEMORY_MIB: `${program}`,
  };
}

/** A file as systemd's EnvironmentFile reads it. Placeholders quote themselves. */
function assignments(variables: Readonly<Record<string, string>>): string {
  return Object.entries(variables)
    .map(([name, value]) => `${name}=${value.startsWith('{{') ? value : JSON.stringify(value)}`)
    .join('\n');
}
