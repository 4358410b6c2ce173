/** What a value must be to be kept as a secret and to arrive whole at its host. */
import type { Secret } from '../values/secret.ts';

/**
 * Most bytes in UTF-8. A standard parameter of Systems Manager holds 4 KB ("Managing parameter
 * tiers" of its user guide); an advanced one would cost money each month.
 */
export const secretLimitBytes = 4096;

/** Why a value has too many bytes, where its reader stops without knowing how many there are. */
export const tooLargeFault = 'it has more than 4,096 bytes, the most that a standard parameter of Systems Manager holds';

export const notUtf8Fault = 'it is not text in UTF-8';

/**
 * Why a value can't be any secret, without a word of it; undefined when it can. A control character
 * other than tab and line break was typed by an arrow key or stems from a file of Windows: it makes
 * another secret than the one that was meant, and is seen nowhere.
 */
export function valueFault(value: Secret): string | undefined {
  const text = value.reveal();
  if (Buffer.byteLength(text) > secretLimitBytes) return tooLargeFault;
  if (text.trim() === '') return 'it is only white space';
  if (!text.isWellFormed()) return notUtf8Fault;
  const control = [...text].find((character) => isControl(character.charCodeAt(0)));
  if (control === undefined) return undefined;
  if (control === '\0') return 'it has a NUL byte';
  return `it has a control character (${codePoint(control)})${control === '\r' ? '; lines end with a line feed alone' : ''}`;
}

function isControl(code: number): boolean {
  return (code < 0x20 && code !== 0x09 && code !== 0x0a) || code === 0x7f;
}

function codePoint(character: string): string {
  return `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}
