import { describe, expect, it } from 'vitest';
import { type LogLine, lineText, merged, parsePage } from '../../../lib/logs/page.ts';

const at = Date.parse('2026-11-28T14:32:00.123Z') * 1000;
const line = (text: string, more: Partial<LogLine> = {}): LogLine => ({ at, host: 'aws', source: 'api@a', text, ...more });

it('lines of both hosts are in the order of time', () => {
  const lines = [line('a', { at: 3 }), line('b', { at: 1 }), line('c', { at: 2, host: 'gcp' }), line('d', { at: 1, host: 'gcp' })];
  expect(merged(lines).map(({ text }) => text)).toEqual(['b', 'd', 'c', 'a']);
});

describe('a line', () => {
  it.each([
    ['plain text', 'plain text'],
    ['{"level":"warn","time":"x","msg":"slow","ms":1200,"path":"/api/x"}', 'warn  slow  ms=1200  path=/api/x'],
    ['{"level":"info","message":"ready","gpu":null}', 'info  ready  gpu=null'],
    ['{"no":"message"}', '{"no":"message"}'],
    ['{broken', '{broken'],
    [
      '{"time":"t","address":"203.0.113.5","method":"GET","path":"/api/checklist","status":200,"bytes":512,"seconds":0.012}',
      'GET /api/checklist 200  12 ms  512 bytes  203.0.113.5',
    ],
    [
      '{"time":"t","address":"1.2.3.4","method":"GET","path":"/\\u001b[31mred","status":404,"bytes":0,"seconds":0}',
      'GET / [31mred 404  0 ms  0 bytes  1.2.3.4',
    ],
    ['a\u001b]0;title\u0007b', 'a ]0;title b'],
  ])('%j', (text, shown) => expect(lineText(line(text))).toBe(`2026-11-28T14:32:00.123Z  api@a  ${shown}`));
});

it.each(['', '{}', '{"until":1,"more":false,"lines":[["x"]]}'])('%j is no page', (text) => expect(() => parsePage(text)).toThrow());
