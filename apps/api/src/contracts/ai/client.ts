/** One call to the AI server, and what its outcome means for the contract. */
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import { type Dispatcher, request } from 'undici';
import { type Answer, answerSchema } from './answer.ts';
import { Connections, type TlsFiles } from './connections.ts';
import type { Question } from './question.ts';
import { questionBody, questionLength } from './question-body.ts';

export type Outcome =
  | { readonly kind: 'answer'; readonly answer: Answer }
  /** The server looked at the pages and can not read them: asking again is of no use. */
  | { readonly kind: 'unreadable'; readonly reason: string }
  /**
   * The contract alone takes more time or memory than one may: asking again would only take it
   * again.
   */
  | { readonly kind: 'costly'; readonly reason: string }
  /** The AI server takes no requests at the moment. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAfterMs?: number }
  /**
   * This one call failed; another contract may succeed. `own`: the analysis itself failed, perhaps
   * because of the contract.
   */
  | { readonly kind: 'failed'; readonly reason: string; readonly own?: boolean }
  /** We ended it ourselves. */
  | { readonly kind: 'given up' };

const maxAnswerBytes = 4 * 1024 * 1024;

const maxReasonBytes = 16 * 1024;

const unreadable = new Set([413, 422]);

const failing = new Set([400, 500]);

/** As the AI server names them; its statuses are those of other faults too. */
const tooCostly = 'urn:dojang:problem:too-costly';

const tooLate = 'urn:dojang:problem:too-late';

const analysisFailed = 'urn:dojang:problem:analysis-failed';

const healthLimitMs = 2_000;

export class AiClient {
  readonly #url: string;
  readonly #connections: Connections;

  constructor(url: string, files: TlsFiles, log: Logger) {
    this.#url = url.replace(/\/+$/, '');
    this.#connections = new Connections(files, log);
  }

  /** Never throws: whatever goes wrong is an outcome. */
  async ask(question: Question, signal: AbortSignal): Promise<Outcome> {
    try {
      const response = await request(`${this.#url}/api/v1/analyze`, {
        method: 'POST',
        headers: {
          ...{ 'content-type': 'application/json', 'content-length': String(questionLength(question)) },
          ...{ accept: 'application/json', prefer: `wait=${question.waitSeconds}` },
        },
        body: Readable.from(questionBody(question), { objectMode: false }),
        dispatcher: await this.#connections.agent(),
        signal,
      });
      return await outcomeOf(response);
    } catch (error) {
      return signal.aborted ? { kind: 'given up' } : { kind: 'unavailable', reason: reasonOf(error) };
    }
  }

  async healthy(): Promise<boolean> {
    try {
      const dispatcher = await this.#connections.agent();
      const response = await request(`${this.#url}/health`, { dispatcher, signal: AbortSignal.timeout(healthLimitMs) });
      await response.body.dump();
      return response.statusCode === 200;
    } catch {
      return false;
    }
  }

  async close(): Promise<void> {
    // Sockets that were just aborted get one turn to end by themselves.
    await wait(0);
    await this.#connections.close();
  }
}

async function outcomeOf(response: Dispatcher.ResponseData): Promise<Outcome> {
  const { statusCode, body } = response;
  if (statusCode === 200) return answerOf(await limited(body, maxAnswerBytes));
  const { title, type } = problemIn((await limited(body, maxReasonBytes)) ?? '');
  const reason = `status ${statusCode} ${title}`.trim();
  if (type === tooCostly) return { kind: 'costly', reason: 'too costly' };
  if (type === tooLate) return { kind: 'failed', reason: 'too late' };
  if (type === analysisFailed) return { kind: 'failed', reason: 'analysis failed', own: true };
  if (unreadable.has(statusCode)) return { kind: 'unreadable', reason };
  if (failing.has(statusCode)) return { kind: 'failed', reason };
  const seconds = Number(response.headers['retry-after']);
  return { kind: 'unavailable', reason, ...(seconds > 0 && { retryAfterMs: seconds * 1000 }) };
}

function answerOf(text: string | undefined): Outcome {
  if (text === undefined) return { kind: 'failed', reason: `an answer of more than ${maxAnswerBytes} bytes` };
  try {
    const parsed = answerSchema.safeParse(JSON.parse(text));
    if (parsed.success) return { kind: 'answer', answer: parsed.data };
    return { kind: 'failed', reason: `an answer that does not fit: ${parsed.error.issues[0]?.path.join('.')}` };
  } catch {
    return { kind: 'failed', reason: 'an answer that is not json' };
  }
}

/** Undefined when there is more than `limit`; then the rest is not read. */
async function limited(body: AsyncIterable<Buffer>, limit: number): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    bytes += chunk.length;
    if (bytes > limit) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/**
 * Only title and type of a problem: its detail may quote the contract, and this goes to the log.
 */
function problemIn(text: string): { readonly title: string; readonly type: string } {
  const word = (value: unknown) => (typeof value === 'string' ? value.slice(0, 200) : '');
  try {
    const problem = JSON.parse(text);
    return { title: word(problem?.title), type: word(problem?.type) };
  } catch {
    return { title: '', type: '' };
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : error.name;
  return `${code} ${error.message}`;
}
