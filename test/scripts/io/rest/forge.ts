/** A stand-in for the comments of GitHub and GitLab: the paths, answers and pages of their REST interfaces, two comments a page. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Forge {
  readonly url: string;
  /** What is there, the oldest first. */
  readonly comments: { readonly id: number; body: string }[];
  /** What was asked for, like `POST /repos/team/shop/issues/7/comments`. */
  readonly asked: string[];
  close(): Promise<void>;
}

export const token = 'secret-token';
const pageSize = 2;

export async function startForge(before: readonly string[] = []): Promise<Forge> {
  const comments = before.map((body, index) => ({ id: index + 1, body }));
  const asked: string[] = [];
  const server = createServer((request, response) => answer(request, response, comments, asked));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url, comments, asked, close };
}

async function answer(request: IncomingMessage, response: ServerResponse, comments: Forge['comments'], asked: string[]): Promise<void> {
  const url = new URL(request.url ?? '', `http://${request.headers.host}`);
  asked.push(`${request.method} ${url.pathname}`);
  const given = request.headers.authorization ?? request.headers['private-token'];
  if (!String(given).endsWith(token)) return send(response, 401, { message: 'Bad credentials' });
  const place =
    /^(\/repos\/[^/]+\/[^/]+\/issues|\/api\/v4\/projects\/\d+\/merge_requests\/\d+)(\/\d+)?\/(comments|notes)(?:\/(\d+))?$/.exec(
      url.pathname,
    );
  if (!place) return send(response, 404, { message: 'Not Found' });
  if (request.method === 'GET') return page(response, url, comments);
  const { body } = JSON.parse(await textOf(request)) as { body: string };
  const id = Number(place[4] ?? comments.length + 1);
  const there = comments.find((comment) => comment.id === id);
  if (there) there.body = body;
  else comments.push({ id, body });
  return send(response, there ? 200 : 201, shown({ id, body }));
}

function page(response: ServerResponse, url: URL, comments: Forge['comments']): void {
  const number = Number(url.searchParams.get('page') ?? 1);
  const more = comments.length > number * pageSize;
  const next = new URL(url);
  next.searchParams.set('page', String(number + 1));
  if (more) response.setHeader('link', `<${next}>; rel="next"`);
  response.setHeader('x-next-page', more ? String(number + 1) : '');
  send(response, 200, comments.slice((number - 1) * pageSize, number * pageSize).map(shown));
}

function shown({ id, body }: { readonly id: number; readonly body: string }) {
  return { id, body, html_url: `https://forge.example.com/comment/${id}` };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}
