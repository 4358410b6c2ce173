/**
 * The server of a release that tests deploy: it answers with its name, after `?slow=` milliseconds,
 * keeps event streams, and ends as the API does (apps/api/src/service.ts).
 */
export const server = `
const { createServer } = require('node:http');
const name = require('node:fs').readFileSync(__dirname + '/name', 'utf8');
const streams = new Set();
let stopping = false;
const server = createServer({ keepAliveTimeout: 75_000 }, (request, response) => {
  if (stopping) response.setHeader('connection', 'close');
  const url = new URL(request.url, 'http://api');
  if (url.pathname.endsWith('/events')) {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write('data: ' + name + '\\n\\n');
    streams.add(response);
    response.once('close', () => streams.delete(response));
    return;
  }
  const status = url.pathname === '/internal/session' ? 204 : url.pathname.startsWith('/health') && process.env.SETTING === 'wrong' ? 503 : 200;
  const answer = () => response.writeHead(status).end(status === 204 ? undefined : name);
  request.resume().once('end', () => setTimeout(answer, Number(url.searchParams.get('slow') ?? 0)));
});
setTimeout(() => server.listen(Number(process.env.PORT), '127.0.0.1'), Number(process.env.START_MS ?? 0));
process.once('SIGTERM', () => {
  stopping = true;
  for (const stream of streams) stream.end('retry: 100\\n\\n');
  server.close(() => process.exit(0));
  setInterval(() => server.closeIdleConnections(), 50);
});
`;

/** Listens, and never answers. */
export const silentServer = `require('node:http').createServer(() => {}).listen(Number(process.env.PORT), '127.0.0.1');`;
