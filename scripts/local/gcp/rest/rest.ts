/**
 * The part of Google's REST APIs that wiring and cleaning up need, over the same cloud as the
 * provider.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { messageOf } from '../../../../lib/errors/dojang-error.ts';
import { isObject } from '../../../../lib/inventory/normalise.ts';
import type { Json, Properties } from '../../../../lib/inventory/resource.ts';
import { readFaults } from '../faults/faults.ts';
import { changedResource, newResource, outputsOf } from '../provider/computed.ts';
import { Refused, refuseCreation, refuseDeletion } from '../provider/refusals.ts';
import { firewallInputs, firewallJson, firewallType, operation } from '../resources/firewalls.ts';
import { findImage } from '../resources/images.ts';
import type { CloudResource, Store } from '../resources/store.ts';
import { readInstance, startInstance, stopInstance, waitForOperation } from './instances.ts';
import { preflightRoutes, refusePreflight } from './preflight.ts';
import type { Call, Route } from './route.ts';
import { apiOfPath, refuseDisabledService } from './services.ts';
import { snapshotRoutes } from './snapshots.ts';

const firewalls = '^/compute/v1/projects/([^/]+)/global/firewalls';

const zones = '^/compute/v1/projects/([^/]+)/zones/([^/]+)';

const routes: readonly Route[] = [
  ['GET', /^\/health$/, ({ store }) => ({ folder: store.folder })],
  ['GET', new RegExp(`${firewalls}$`), listFirewalls],
  ['POST', new RegExp(`${firewalls}$`), insertFirewall],
  ['GET', new RegExp(`${firewalls}/([^/]+)$`), (call) => firewallJson(firewallAt(call))],
  ['PATCH', new RegExp(`${firewalls}/([^/]+)$`), patchFirewall],
  ['DELETE', new RegExp(`${firewalls}/([^/]+)$`), deleteFirewall],
  ['GET', /^\/compute\/v1\/(projects\/[^/]+\/global\/images\/.+)$/, getImage],
  ['GET', new RegExp(`${zones}/instances/([^/]+)$`), ({ store, at }) => readInstance(store, at)],
  ['POST', new RegExp(`${zones}/instances/([^/]+)/stop$`), ({ store, at }) => stopInstance(store, at)],
  ['POST', new RegExp(`${zones}/instances/([^/]+)/start$`), ({ store, at }) => startInstance(store, at)],
  ['POST', new RegExp(`${zones}/operations/([^/]+)/wait$`), ({ store, at }) => waitForOperation(store, at)],
  ['GET', /^\/billing\/v1\/billingAccounts\/([^/]+)\/budgets$/, listBudgets],
  ['GET', /^\/monitoring\/v3\/projects\/([^/]+)\/notificationChannels$/, listChannels],
  ...snapshotRoutes,
  ...preflightRoutes,
];

/** A server that is not listening yet. */
export function restServer(store: Store): Server {
  return createServer(async (request, response) => {
    const [status, answer] = await answerTo(store, request);
    response.writeHead(status, { 'content-type': 'application/json; charset=UTF-8' }).end(JSON.stringify(answer));
  });
}

async function answerTo(store: Store, request: IncomingMessage): Promise<readonly [number, Json]> {
  try {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
    refusePreflight(readFaults(store.folder), pathname);
    const [route, at] = routeOf(request.method ?? 'GET', pathname);
    refuseDisabledService(store.folder, apiOfPath(pathname), at[0] ?? '');
    return [200, await route[2]({ store, at, query: searchParams, body: await bodyOf(request) })];
  } catch (error) {
    const plain = { status: 400, reason: 'invalid', sentence: messageOf(error), details: [] };
    const { status, reason, sentence: message, details } = error instanceof Refused ? error : plain;
    const more: Properties = details.length > 0 ? { details } : {};
    return [status, { error: { code: status, message, errors: [{ message, domain: 'global', reason }], ...more } }];
  }
}

function routeOf(method: string, path: string): readonly [Route, string[]] {
  for (const route of routes) {
    const match = route[0] === method ? route[1].exec(path) : null;
    if (match) return [route, match.slice(1).map(decodeURIComponent)];
  }
  throw new Refused(404, `The embedded cloud knows no ${method} ${path}`, 'notFound');
}

async function bodyOf(request: IncomingMessage): Promise<Properties> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  const body: unknown = text === '' ? {} : JSON.parse(text);
  return isObject(body as Json) ? (body as Properties) : {};
}

function listFirewalls({ store, at, query }: Call): Json {
  const filter = filterOf(query.get('filter') ?? '');
  const all = inProject(store, firewallType, at[0]).map(firewallJson).filter(filter);
  const start = Number(query.get('pageToken') ?? 0);
  const end = start + Number(query.get('maxResults') ?? 500);
  const more: Properties = end < all.length ? { nextPageToken: String(end) } : {};
  return { kind: 'compute#firewallList', id: `projects/${at[0]}/global/firewalls`, items: all.slice(start, end), ...more };
}

/**
 * `name = "x"`, `name != x` and `network : part`, the forms of the API's filter that are used here.
 */
function filterOf(text: string): (json: Properties) => boolean {
  if (text === '') return () => true;
  const [, field, operator, value] = /^\(?\s*(\w+)\s*(=|!=|eq|ne|:)\s*"?([^")]*)"?\s*\)?$/.exec(text) ?? [];
  if (!field || !operator || value === undefined) throw new Refused(400, `Invalid list filter expression '${text}'.`, 'invalid');
  if (operator === ':') return (json) => String(json[field]).includes(value);
  return (json) => (String(json[field]) === value) === ['=', 'eq'].includes(operator);
}

function insertFirewall({ store, at: [project = ''], body }: Call): Json {
  const firewall = newResource(store, firewallType, firewallInputs(project, body), new Date());
  refuseCreation(store, firewall);
  store.put(firewall);
  return operation(project, 'global', 'insert', firewall.id);
}

function patchFirewall(call: Call): Json {
  const { store, at, body } = call;
  const old = firewallAt(call);
  store.put(changedResource(store, old, firewallInputs(at[0] ?? '', body, old.inputs)));
  return operation(at[0] ?? '', 'global', 'patch', old.id);
}

function deleteFirewall(call: Call): Json {
  const firewall = firewallAt(call);
  refuseDeletion(call.store, firewall);
  call.store.remove(firewallType, firewall.id);
  return operation(call.at[0] ?? '', 'global', 'delete', firewall.id);
}

function firewallAt({ store, at: [project, name] }: Call): CloudResource {
  return existing(store, firewallType, `projects/${project}/global/firewalls/${name}`);
}

function getImage({ store, at: [name = ''] }: Call): Json {
  const image = findImage(readFaults(store.folder), name);
  if (!image) throw new Refused(404, `The resource '${name}' was not found`, 'notFound');
  return image;
}

function listBudgets({ store, at: [account] }: Call): Json {
  const budgets = store.all('gcp:billing/budget:Budget').filter(({ inputs }) => inputs.billingAccount === account);
  return { budgets: budgets.map(({ id, inputs }) => ({ name: id, displayName: inputs.displayName ?? '', amount: inputs.amount ?? {} })) };
}

function listChannels({ store, at }: Call): Json {
  const channels = inProject(store, 'gcp:monitoring/notificationChannel:NotificationChannel', at[0]);
  return { notificationChannels: channels.map((channel) => outputsOf(store, channel)), totalSize: channels.length };
}

function existing(store: Store, type: string, id: string): CloudResource {
  const resource = store.find(type, id);
  if (!resource) throw new Refused(404, `The resource '${id}' was not found`, 'notFound');
  return resource;
}

function inProject(store: Store, type: string, project: string | undefined): CloudResource[] {
  return store.all(type).filter(({ inputs }) => inputs.project === project);
}
