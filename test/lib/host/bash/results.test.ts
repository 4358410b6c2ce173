import { describe, expect, it } from 'vitest';
import { stepResults } from '../../../../lib/host/bash/results.ts';

const said = `bash: warning of another program
step\tswap\tok\t
step\tnginx-site\tdiffers\t/etc/nginx/nginx.conf differs
step\tnginx-site\tdiffers\t/etc/nginx/dojang/site.conf is missing
step\tmysql\tfailed\tit said: a
handler\tnginx-reload\tchanged\t
end\tcheck
`;

describe('the results of a script', () => {
  it('is read by step, with every line of detail', () => {
    expect(stepResults(said)).toEqual({
      end: 'done',
      results: [
        { kind: 'step', id: 'swap', state: 'ok', details: [] },
        {
          kind: 'step',
          id: 'nginx-site',
          state: 'differs',
          details: ['/etc/nginx/nginx.conf differs', '/etc/nginx/dojang/site.conf is missing'],
        },
        { kind: 'step', id: 'mysql', state: 'failed', details: ['it said: a'] },
        { kind: 'handler', id: 'nginx-reload', state: 'changed', details: [] },
      ],
    });
  });

  it('show a run that was cut off', () => expect(stepResults('step\tswap\tok\t\n').end).toBe('cut'));
  it('show a host that is busy', () => expect(stepResults('end\tbusy\n').end).toBe('busy'));
  it('are empty when nothing was printed', () => expect(stepResults('')).toEqual({ end: 'cut', results: [] }));
});
