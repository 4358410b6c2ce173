/** Text of others - a commit's message, a reason, an error - as part of one line. */

/** Characters that a part of a line may have. */
const longest = 300;

/** Without control characters and line breaks; what is longer loses its end. */
export function oneLine(text: string): string {
  const line = text
    .replaceAll(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ')
    .replaceAll(/ {2,}/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length <= longest ? line : `${characters.slice(0, longest - 1).join('')}…`;
}
