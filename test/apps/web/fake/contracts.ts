/** The easy contract of the imitated service. */
import { Hono } from 'hono';
import { type SSEMessage, type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { Contract } from '../../../../apps/web/src/api/schemas.ts';
import { problem } from './problem.ts';
import type { Ending, FakeState } from './state.ts';
import { almost, explanation, friendly, inLine, ready, thinking, unreadable } from './words.ts';

const endings: Record<Ending, Pick<Contract, 'message' | 'result'>> = {
  answered: { message: ready, result: explanation },
  late: { message: friendly, result: null },
  unreadable: { message: unreadable, result: null },
};

export function contractRoutes(state: FakeState): Hono {
  const app = new Hono();
  app.post('/', async (c) => {
    const form = await c.req.formData();
    const files = form.getAll('pages').filter((page) => typeof page !== 'string');
    const pages = await Promise.all(
      files.map(async (file) => ({ name: file.name, type: file.type, size: file.size, text: await file.text() })),
    );
    state.sent.push({ key: c.req.header('idempotency-key') ?? '', locale: String(form.get('locale')), pages });
    const contract = submitted(state, pages.length);
    return c.json({ id: contract.id, status: contract.status, position: contract.position, links: {} }, 202);
  });
  app.get('/', (c) =>
    c.json({ items: state.contracts.map(({ result, ...contract }) => ({ ...contract, summary: result?.summary ?? null })), next: null }),
  );
  app.get('/:id', (c) => {
    const contract = state.contracts.find(({ id }) => id === c.req.param('id'));
    return contract ? c.json(contract) : problem(c, 404, 'There is nothing at this address.');
  });
  app.get('/:id/events', (c) => {
    const id = c.req.param('id');
    if (!state.contracts.some((each) => each.id === id)) return problem(c, 404, 'There is nothing at this address.');
    return streamSSE(c, (stream) => follow(stream, state, id));
  });
  return app;
}

/** Sends every change until the contract has ended or the client has left. */
async function follow(stream: SSEStreamingApi, state: FakeState, id: string): Promise<void> {
  const over = Promise.withResolvers<void>();
  const send = async () => {
    const contract = state.contracts.find((each) => each.id === id);
    if (contract) await stream.writeSSE(eventOf(contract));
    if (!contract || !isOpen(contract)) over.resolve();
  };
  const stop = state.watch(id, () => void send());
  stream.onAbort(over.resolve);
  state.streams.add(over.resolve);
  await send();
  await over.promise;
  state.streams.delete(over.resolve);
  stop();
}

function eventOf(contract: Contract): SSEMessage {
  const { status, position, message } = contract;
  if (isOpen(contract)) return { event: 'progress', data: JSON.stringify({ status, position, message }), retry: 100 };
  return { event: 'done', data: JSON.stringify(contract) };
}

const isOpen = ({ status }: Contract) => status === 'waiting' || status === 'running';

/** A contract that has just come into the line. */
export function submitted(state: FakeState, pageCount: number): Contract {
  const contract: Contract = {
    id: `c${state.nextId()}`,
    status: 'waiting',
    createdAt: new Date().toISOString(),
    answeredAt: null,
    position: 3,
    pageCount,
    message: inLine(2),
    result: null,
  };
  state.contracts = [contract, ...state.contracts];
  if (state.stepMs !== undefined) play(state, contract.id, state.stepMs);
  return contract;
}

function play(state: FakeState, id: string, stepMs: number): void {
  const timer = setInterval(() => {
    const status = advance(state, id);
    if (status !== 'waiting' && status !== 'running') clearInterval(timer);
  }, stepMs).unref();
}

/** The next piece of news: third, next, running, almost done, ended. */
export function advance(state: FakeState, id: string): string | undefined {
  const contract = state.contracts.find((each) => each.id === id);
  if (!contract) return undefined;
  state.put({ ...contract, ...next(contract, state.ending) });
  return state.contracts.find((each) => each.id === id)?.status;
}

function next({ status, position, message }: Contract, ending: Ending): Partial<Contract> {
  if (status === 'waiting' && (position ?? 0) > 1) return { position: 1, message: inLine(0) };
  if (status === 'waiting') return { status: 'running', position: null, message: thinking };
  if (message === thinking) return { message: almost };
  return { status: ending, answeredAt: new Date().toISOString(), ...endings[ending] };
}
