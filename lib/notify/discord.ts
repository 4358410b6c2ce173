/**
 * A notice as Discord takes it
 * (https://discord.com/developers/docs/resources/webhook#execute-webhook).
 */
import type { Notice } from './notices.ts';

/** Characters that `content` may have. */
const longest = 2000;

/** SUPPRESS_EMBEDS: no preview of what looks like a link. */
const suppressEmbeds = 4;

/** What is posted. Nothing in the text formats it, mentions a member or calls everyone. */
export function discordMessage({ text }: Notice) {
  return { content: shortened(escaped(text)), allowed_mentions: { parse: [] }, flags: suppressEmbeds };
}

/** Markdown begins with one of these wherever it stands, or with others at the start of a line. */
function escaped(text: string): string {
  return text.replaceAll(/[\\*_~`|[\]<>@]/g, '\\$&').replaceAll(/^(\s*)([#+-]|\d+\.)/gm, '$1\\$2');
}

/** In units of UTF-16, of which Discord counts no more than JavaScript; no character is cut. */
function shortened(text: string): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}

const hosts = /^(?:(?:ptb|canary)\.)?discord(?:app)?\.com$/;
const loopback = /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/**
 * Why a text is no webhook of Discord; undefined for one that is. It repeats nothing of the text,
 * which is a secret. One on this machine is for trials.
 */
export function webhookFault(text: string): string | undefined {
  const url = URL.parse(text.trim());
  if (!url) return 'it is no URL';
  if (url.username !== '' || url.password !== '') return 'its URL has a user or a password';
  if (url.protocol === 'http:' && loopback.test(url.hostname)) return undefined;
  if (url.protocol !== 'https:') return 'its URL does not begin with https://';
  if (!hosts.test(url.hostname)) return 'it is none of discord.com';
  if (!/^\/api\/(?:v\d+\/)?webhooks\/\d+\/[\w-]+$/.test(url.pathname)) return 'its path is not /api/webhooks/<id>/<token>';
  return undefined;
}
