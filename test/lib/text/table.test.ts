import { stripVTControlCharacters, styleText } from 'node:util';
import { describe, expect, it } from 'vitest';
import { tableLines, tableRows } from '../../../lib/text/table.ts';

describe('a table', () => {
  it('is as wide as its cells, with an indent and gaps of its own', () => {
    const rows = [
      ['aws', '8', 'deployed'],
      ['gcp', '74', ''],
    ];
    expect(tableLines([{}, { align: 'right', gap: 1 }, { gap: 4 }], rows)).toEqual(['  aws  8    deployed', '  gcp 74']);
  });

  it('has no line without a row', () => {
    expect(tableLines([{}, {}], [])).toEqual([]);
  });

  it('has columns that are never narrower than asked, and wider where a cell is', () => {
    expect(tableLines([{ gap: 0, min: 6 }, { gap: 1 }], [['abc', '1']])).toEqual(['abc    1']);
    expect(tableLines([{ gap: 0, min: 2 }, { gap: 1 }], [['abc', '1']])).toEqual(['abc 1']);
  });

  it('cuts what is longer than a fixed width, which `…` shows', () => {
    expect(
      tableLines(
        [{ gap: 0, width: 5 }, { gap: 1 }],
        [
          ['abcdef', '1'],
          ['abcde', '2'],
        ],
      ),
    ).toEqual(['abcd… 1', 'abcde 2']);
  });

  it('counts a wide character as two columns', () => {
    const rows = [
      ['이름', 'x'],
      ['name', 'x'],
    ];
    expect(tableLines([{}, {}], rows)).toEqual(['  이름  x', '  name  x']);
    expect(tableLines([{ gap: 0, width: 5 }, {}], [['한국어', 'x']])).toEqual(['한국…  x']);
  });

  it('does not count styling', () => {
    const styled = styleText('red', 'no', { validateStream: false });
    const lines = tableLines([{}, {}], [[styled, 'x']]);
    expect(lines).toEqual([`  ${styled}  x`]);
    expect(lines.map(stripVTControlCharacters)).toEqual(tableLines([{}, {}], [['no', 'x']]));
  });

  it('leaves lines between rows as they are', () => {
    expect(tableLines([{}, {}], [['a', '1'], '    a note that is no row   ', ['long', '2']])).toEqual([
      '  a     1',
      '    a note that is no row   ',
      '  long  2',
    ]);
  });

  it('puts each line of a cell below its column', () => {
    const rows = [
      ['a', 'one\ntwo', 'x'],
      ['b', 'three', 'y'],
    ];
    expect(tableLines([{}, {}, {}], rows)).toEqual(['  a  one    x', '     two', '  b  three  y']);
    expect(tableRows([{}, {}, {}], rows)).toEqual(['  a  one    x\n     two', '  b  three  y']);
  });

  it('of many rows has the same columns from the first row to the last', () => {
    const rows = Array.from({ length: 250 }, (_, index) => [index === 240 ? 'the widest' : 'a', String(index)]);
    const lines = tableLines([{}, { align: 'right' }], rows);
    expect(lines).toHaveLength(250);
    expect(new Set(lines.map((line) => line.length))).toEqual(new Set([2 + 10 + 2 + 3]));
    expect(lines.map((line) => line.trim().split(/ {2,}/).at(-1))).toEqual(rows.map(([, number]) => number));
  });
});
