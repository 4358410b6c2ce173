/** The paths of easy contracts. All require a sign-in; another person's contract is not found. */
import type { Context } from 'hono';
import { fieldErrors, invalid, notFound, Problem } from '../errors.ts';
import type { AppEnv } from '../http/env.ts';
import { answerError } from '../http/error-answer.ts';
import { canonicalUuid } from '../http/input/uuid.ts';
import { clientAddress } from '../http/limits/client-address.ts';
import { createRouter, type Router } from '../http/router.ts';
import { requirePerson } from '../http/signed-in.ts';
import type { Settings } from '../settings.ts';
import { isOpen } from './contract.ts';
import { databaseProblem } from './database.ts';
import { describeContracts, keyForm, listQuery } from './openapi.ts';
import type { Views } from './progress/contract-views.ts';
import { doneId, type Watchers } from './progress/watchers.ts';
import { type BodyLimits, isAborted, UploadMemory, withBody } from './submission/body.ts';
import type { ContentReader } from './submission/content-reader.ts';
import { bodyBytes } from './submission/limits.ts';
import { bodyKindOf } from './submission/pages.ts';
import type { Submissions } from './submission/submit.ts';

export interface ContractRoutesOptions {
  readonly settings: Settings;
  readonly reader: ContentReader;
  readonly submissions: Submissions;
  readonly views: Views;
  readonly watchers: Watchers;
  /** Called when a contract has come into the line. */
  readonly submitted: () => void;
}

/** Of all bodies that are being read. */
const uploadBytes = 128 * 1024 * 1024;
/** The largest contract and a half: three people at this limit still leave room to others. */
const personUploadBytes = uploadBytes / 4;
/** The largest contract in the time in all takes ten times the rate that each window asks for. */
const bodyTimes = { idleMs: 15_000, totalMs: 120_000, windowMs: 10_000, windowBytes: 160 * 1024 } as const;

export function contractRoutes(options: ContractRoutesOptions): Router {
  const routes = createRouter();
  const memory = new UploadMemory(uploadBytes, personUploadBytes);
  describeContracts(routes, options.settings);
  routes.onError((error, c) => answerError(databaseProblem(error) ?? error, c));
  routes.post('/', (c) => submit(c, options, memory));
  routes.get('/', (c) => list(c, options));
  routes.get('/:id', (c) => find(c, options));
  routes.get('/:id/events', (c) => follow(c, options));
  return routes;
}

type C = Context<AppEnv>;
type WithId = Context<AppEnv, '/:id'>;

async function submit(
  c: C,
  { settings, reader, submissions, views, submitted }: ContractRoutesOptions,
  memory: UploadMemory,
): Promise<Response> {
  const person = requirePerson(c);
  const idempotencyKey = keyOf(c);
  const contentType = c.req.header('content-type') ?? '';
  const limits: BodyLimits = { maxBytes: bodyBytes(bodyKindOf(contentType), settings), ...bodyTimes };
  await submissions.refuseTooManyAborted(person);
  const receipt = await withBody(c.req.raw, limits, { memory, personId: person.id }, async (body) => {
    const content = await reader.read(body, contentType);
    return submissions.submit({ person, ...content, idempotencyKey });
  }).catch(async (error) => {
    if (isAborted(error)) await submissions.countAborted(person);
    throw error;
  });
  submitted();
  const { id, status } = receipt;
  // It is accepted: an error while its position is read must not look like a refusal.
  const position = isOpen(status) ? await views.position(id).catch(() => null) : null;
  const self = `/api/contracts/${id}`;
  return c.json({ id, status, position, links: { self, events: `${self}/events` } }, 202, { location: self });
}

function keyOf(c: C): string | undefined {
  const key = c.req.header('idempotency-key')?.trim();
  if (key !== undefined && !keyForm.test(key)) {
    throw new Problem(400, 'idempotency-key', 'The Idempotency-Key must have 1 to 255 characters of ASCII that can be printed');
  }
  return key;
}

async function list(c: C, { views }: ContractRoutesOptions): Promise<Response> {
  const query = listQuery.safeParse(c.req.query());
  if (!query.success) throw invalid(fieldErrors(query.error));
  return c.json(await views.list(requirePerson(c).id, query.data.limit, query.data.before), 200, privately);
}

async function find(c: WithId, { views }: ContractRoutesOptions): Promise<Response> {
  const view = await views.find(canonicalUuid(c.req.param('id')), requirePerson(c).id);
  if (!view) throw notFound();
  return c.json(view, 200, privately);
}

/** A client that reconnects after `done` gets 204: an EventSource then stops reconnecting. */
async function follow(c: WithId, { views, watchers }: ContractRoutesOptions): Promise<Response> {
  const id = canonicalUuid(c.req.param('id'));
  const person = requirePerson(c);
  const status = await views.status(id, person.id);
  if (!status) throw notFound();
  const last = c.req.header('last-event-id') ?? '';
  if (last === doneId && !isOpen(status)) return c.body(null, 204);
  // The router leaves the body of an answer to HEAD lying.
  if (c.req.method === 'HEAD') return c.body(null, 200, eventStream);
  const owner = { contract: id, person: person.id, address: clientAddress(c) };
  return c.body(watchers.open(owner, last, c.env?.outgoing), 200, eventStream);
}

const privately = { 'cache-control': 'private, no-store' } as const;

const eventStream = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  // nginx would otherwise keep events until a buffer is full.
  'x-accel-buffering': 'no',
} as const;
