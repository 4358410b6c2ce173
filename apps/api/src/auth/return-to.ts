/** The page after sign-in: always a page of this site, whatever the link says. */

const home = '/';

/**
 * In the form in which it travels, percent-encoded. The browser keeps it in a signed cookie
 * (attempt.ts), and drops cookies of more than 4,096 bytes; nginx takes answers whose headers have
 * 4 KiB together (`proxy_buffer_size`). With this the cookie has at most 2 KB.
 */
export const longestReturnTo = 1_200;
export const tooLongReturnTo = `must have at most ${longestReturnTo} characters in percent-encoding`;

/**
 * Control characters and backslashes: browsers drop or turn them, so that what looks like a path
 * can become another site.
 */
const treacherous = /[\\\p{Cc}]/u;

export function safeReturnTo(asked: string | undefined, publicUrl: string): string {
  if (!asked?.startsWith('/') || treacherous.test(asked) || !URL.canParse(asked, publicUrl)) return home;
  const { origin, pathname, search, hash } = new URL(asked, publicUrl);
  // Two slashes in front lead to another site; a path of the API is no page, and could lead in
  // circles.
  if (origin !== publicUrl || pathname.startsWith('//') || pathname.startsWith('/api/')) return home;
  return `${pathname}${search}${hash}`;
}

/** The same page with the outcome of the sign-in as a parameter. */
export function withOutcome(returnTo: string, outcome: string, publicUrl: string): string {
  const url = new URL(returnTo, publicUrl);
  url.searchParams.set('signIn', outcome);
  return `${url.pathname}${url.search}${url.hash}`;
}
