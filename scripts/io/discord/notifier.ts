/**
 * Notices to a channel of Discord, by a webhook. Its URL lets anyone post there, so that no message
 * of this module has any part of it: the errors of fetch and URL, which may quote it, end here.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { discordMessage, webhookFault } from '../../../lib/notify/discord.ts';
import type { Notice } from '../../../lib/notify/notices.ts';
import type { Notifier } from '../../../lib/ports/notifier.ts';
import type { Secret } from '../../../lib/values/secret.ts';

export interface DiscordOptions {
  /** Reads the webhook; undefined when the environment has none, and nothing is sent. */
  readonly webhook: () => Promise<Secret | undefined>;
  /** Where the operator reads that a notice was not delivered, and why. */
  readonly note: (text: string) => void;
  /** How long a notice may take, with reading the webhook. Milliseconds. @default 10 s */
  readonly limit?: number;
}

const defaultLimit = 10_000;

/** Tries of one notice while Discord asks to wait. */
const tries = 3;

export function discordNotifier({ webhook, note, limit = defaultLimit }: DiscordOptions): Notifier {
  let read: Promise<Secret | undefined> | undefined;
  // Read once for all notices of a command; again where that failed.
  const known = () => {
    read ??= webhook().catch((): never => {
      read = undefined;
      throw new Undelivered('the webhook could not be read from Systems Manager');
    });
    return read;
  };
  return {
    async notify(notice) {
      const until = performance.now() + limit;
      const ending = new AbortController();
      const timer = setTimeout(() => ending.abort(), limit);
      try {
        await Promise.race([deliver(notice, known, { until, signal: ending.signal }), aborted(ending.signal)]);
      } catch (error) {
        note(`Discord has no notice of this: ${reasonOf(error, ending.signal, limit)}`);
      } finally {
        clearTimeout(timer);
        ending.abort();
      }
    },
  };
}

/** Its message is ours alone. */
class Undelivered extends Error {}

interface Bounds {
  /** By `performance.now()`. */
  readonly until: number;
  readonly signal: AbortSignal;
}

async function deliver(notice: Notice, webhook: () => Promise<Secret | undefined>, { until, signal }: Bounds): Promise<void> {
  const secret = await webhook();
  if (secret === undefined || secret.isEmpty) return;
  const url = secret.reveal().trim();
  const fault = webhookFault(url);
  if (fault !== undefined) throw new Undelivered(`the secret discord-webhook is not usable: ${fault}`);
  for (let left = tries; ; left--) {
    const { status, pause } = await post(url, JSON.stringify(discordMessage(notice)), signal);
    if (status >= 200 && status < 300) return;
    if (status !== 429 || left === 1 || performance.now() + pause >= until) throw new Undelivered(meaningOf(status));
    await wait(pause, undefined, { signal });
  }
}

/** A redirect is not followed: what answers there would be given the notice, and see the URL. */
async function post(url: string, body: string, signal: AbortSignal): Promise<{ status: number; pause: number }> {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
  await response.body?.cancel();
  // Seconds. Discord sends it with every 429
  // (https://discord.com/developers/docs/topics/rate-limits).
  const seconds = Number(response.headers.get('retry-after') ?? 1);
  return { status: response.status, pause: Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : Number.POSITIVE_INFINITY };
}

function meaningOf(status: number): string {
  if (status === 401 || status === 403 || status === 404) {
    return `there is no such webhook any more (HTTP ${status}); dojang secret set discord-webhook takes a new one`;
  }
  if (status === 429) return 'it takes no more for now (HTTP 429)';
  return status >= 300 && status < 400
    ? `it answered with a redirect (HTTP ${status}), which is not followed`
    : `it answered HTTP ${status}`;
}

function reasonOf(error: unknown, { aborted: isOver }: AbortSignal, limit: number): string {
  if (error instanceof Undelivered) return error.message;
  if (isOver) return `it did not answer within ${limit / 1000} s`;
  const { code } = (error as { cause?: { code?: unknown } } | undefined)?.cause ?? {};
  return `it cannot be reached${typeof code === 'string' && /^[A-Z_]+$/.test(code) ? ` (${code})` : ''}`;
}

/** Reading the webhook cannot be aborted; nothing waits for it longer. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('aborted')), { once: true });
  });
}
