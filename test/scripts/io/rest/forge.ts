/**
 * A stand-in for the comments of one pull request on GitHub and GitLab: the paths, answers and
 * pages of their interfaces, two comments a page.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

interface Comment {
  readonly id: number;
  readonly author: string;
  body: string;
}

export interface Forge {
  readonly url: string;
  /** What is there, the oldest first. */
  readonly comments: Comment[];
  /** What was written, like `POST /repos/team/shop/issues/7/comments`. */
  readonly written: string[];
  close(): Promise<void>;
}

export const token = 'secret-token';
/** Whose token it is, and who wrote what was there before. */
export const self = 'github-actions[bot]';
export const otherAuthor = 'kim';
const pageSize = 2;

/** Request 7 of team/shop, which is project 12; there is no other. */
const places = [
  /^\/repos\/team\/shop\/issues\/7\/comments$/,
  /^\/repos\/team\/shop\/issues\/comments\/(?<id>\d+)$/,
  /^\/api\/v4\/projects\/12\/merge_requests\/7\/notes(?:\/(?<id>\d+))?$/,
];

export async function startForge(before: readonly string[] = []): Promise<Forge> {
  const comments = before.map((body, index) => ({ id: index + 1, author: otherAuthor, body }));
  const written: string[] = [];
  const server = createServer((request, response) => answer(request, response, comments, written));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { url, comments, written, close };
}

async function answer(request: IncomingMessage, response: ServerResponse, comments: Comment[], written: string[]): Promise<void> {
  const url = new URL(request.url ?? '', `http://${request.headers.host}`);
  const given = request.headers.authorization ?? request.headers['private-token'];
  if (!String(given).endsWith(token)) return send(response, 401, { message: 'Bad credentials' });
  if (url.pathname === '/graphql') return send(response, 200, { data: { viewer: { login: self } } });
  if (url.pathname === '/api/v4/user') return send(response, 200, { id: 1, username: self });
  const place = places.map((pattern) => pattern.exec(url.pathname)).find((match) => match !== null);
  if (!place) return send(response, 404, { message: 'Not Found' });
  if (request.method === 'GET') return page(response, url, comments);
  const { body } = JSON.parse(await textOf(request)) as { body: string };
  const tooLong = refusal(url.pathname, body);
  if (tooLong) return send(response, ...tooLong);
  written.push(`${request.method} ${url.pathname}`);
  write(response, comments, place.groups?.id, body);
}

/**
 * GitHub names 65,536 characters, GitLab 1,000,000; each is refused here as strictly as its message
 * says.
 */
function refusal(path: string, body: string): [status: number, answer: object] | undefined {
  const gitlab = path.startsWith('/api/v4/');
  if ([...body].length <= (gitlab ? 1_000_000 : 65_536)) return undefined;
  return gitlab
    ? [400, { message: 'Note is too long (maximum is 1000000 characters)' }]
    : [422, { message: 'Validation Failed: body is too long (maximum is 65536 characters)' }];
}

function write(response: ServerResponse, comments: Comment[], id: string | undefined, body: string): void {
  const there = comments.find((comment) => comment.id === Number(id));
  const mayWrite = id === undefined || there?.author === self;
  const comment = there ?? { id: comments.length + 1, author: self, body };
  if (mayWrite) comment.body = body;
  if (mayWrite && !there) comments.push(comment);
  send(response, mayWrite ? 200 : 403, mayWrite ? shown(comment) : { message: 'Not yours' });
}

function page(response: ServerResponse, url: URL, comments: readonly Comment[]): void {
  const number = Number(url.searchParams.get('page') ?? 1);
  const more = comments.length > number * pageSize;
  const next = new URL(url);
  next.searchParams.set('page', String(number + 1));
  if (more) response.setHeader('link', `<${next}>; rel="next"`);
  response.setHeader('x-next-page', more ? String(number + 1) : '');
  send(response, 200, comments.slice((number - 1) * pageSize, number * pageSize).map(shown));
}

/** As either forge shows it: GitHub calls the author `user` with a `login`. */
function shown({ id, author, body }: Comment) {
  const named = { user: { login: author }, author: { username: author } };
  return { id, body, ...named, html_url: `https://forge.example.com/comment/${id}` };
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const part of request) text += String(part);
  return text;
}
