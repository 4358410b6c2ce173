import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asFile, heredoc, quoted, text } from '../../../../lib/host/bash/bash-template.ts';
import { bash } from '../bash.ts';

/** Lines that bash, heredocs and our own marks could trip over, among any others. */
const line = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.constantFrom(
    'EOF',
    'EOF_',
    ' EOF',
    '$HOME',
    '`id`',
    '$(id)',
    "'",
    '"',
    '\\',
    '\\$x',
    '<<EOF',
    ['$', '{x}'].join(''),
    '!!',
    '\t',
    '# x',
    '{{/a/b}}',
  ),
);
const content = fc
  .array(line, { maxLength: 8 })
  .map((lines) => lines.join('\n').replaceAll('\0', ''))
  .filter((each) => each.isWellFormed());

describe('a text for a host', () => {
  it('comes out of its heredoc as it went in', () => {
    fc.assert(
      fc.property(content, (given) => {
        const { stdout } = bash(`f() {\n${heredoc('cat', given)}\n}\nf`);
        expect(stdout).toBe(given === '' ? '' : asFile(given));
      }),
      { numRuns: 60 },
    );
  });

  it('stays one word, whatever is in it', () => {
    fc.assert(
      fc.property(content, (given) => {
        expect(bash(`printf '%s' ${quoted(given)}`).stdout).toBe(given);
      }),
      { numRuns: 60 },
    );
  });

  it('is refused when bash could not carry it', () => expect(() => heredoc('cat', 'a\0b')).toThrow('NUL'));

  it('loses the indentation that its lines share, and nothing else', () => {
    const value = 'one\n  two';
    const written = text`
      a \${b} \`c\` \n
        ${value}

      d
    `;
    expect(written).toBe('a ${'.concat('b} `c` \\n\n  one\n  two\n\nd'));
  });
});
