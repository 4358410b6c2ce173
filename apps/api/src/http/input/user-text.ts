/**
 * What counts as text that people write. Every field, query parameter and page of a contract
 * follows this one definition.
 */

/**
 * Combining marks in a row. Unicode's Stream-Safe Text Format (UAX #15, section 13) allows 30, far
 * beyond any language; sorting a longer run takes `normalize` time that grows with its square.
 */
const longRunOfMarks = /\p{M}{31}/u;

/**
 * Control characters, except a tab and line breaks; what turns the direction of text around; code
 * points that stand for no character.
 */
const refused = /[\p{Cc}--[\t\n\r]]|\p{Bidi_Control}|\p{Noncharacter_Code_Point}|\uFFFD/v;

/** A file may also have page breaks. */
const refusedInPages = /[\p{Cc}--[\t\n\r\f\v]]|\p{Bidi_Control}|\p{Noncharacter_Code_Point}/v;

/**
 * Neither a space nor invisible, nor a mark that has no letter under it. U+2800 is a Braille
 * pattern without a dot.
 */
const visible = /[^\s\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{M}\p{Cc}\u2800]/u;

export function hasVisible(text: string): boolean {
  return visible.test(text);
}

/**
 * What is wrong with a field, in words that follow its name; undefined when nothing is. Linear in
 * the length of the text.
 */
export function textFault(text: string): string | undefined {
  if (text !== '' && !hasVisible(text)) return 'has nothing that can be seen';
  return faultOf(text, refused);
}

/** The same for a page of a contract, which is what some other program wrote. */
export function pageFault(text: string): string | undefined {
  return hasVisible(text) ? faultOf(text, refusedInPages) : 'is empty';
}

function faultOf(text: string, characters: RegExp): string | undefined {
  if (!text.isWellFormed()) return 'has half a character (a lone surrogate)';
  const [character] = text.match(characters) ?? [];
  if (character !== undefined) return `has ${codePoint(character)}, ${reasonOf(character)}`;
  return longRunOfMarks.test(text) ? 'has more than 30 combining marks in a row' : undefined;
}

function reasonOf(character: string): string {
  if (/\p{Cc}/u.test(character)) return 'a control character';
  if (/\p{Bidi_Control}/u.test(character)) return 'which is invisible and turns the direction of text around';
  return 'which stands for no character';
}

function codePoint(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** Each stretch of what a field may not have, and lone surrogates. */
const unwanted = /(?:[\p{Cc}\p{Cs}]|\p{Bidi_Control}|\p{Noncharacter_Code_Point}|\uFFFD)+/gv;

/**
 * Foreign text, such as a user's or a file's name, cleaned for display: at most `most` characters,
 * on one line, never half an emoji.
 */
export function shownText(text: string, most: number): string {
  // Two UTF-16 units make one character at most; the rest is not looked at.
  const clean = text
    .slice(0, most * 4)
    .replaceAll(unwanted, ' ')
    .trim();
  const marked = clean.replaceAll(/(\p{M}{30})\p{M}+/gu, '$1');
  const shown = [...marked].slice(0, most).join('').trim();
  return hasVisible(shown) ? shown : '';
}
