import { describe, expect, it } from 'vitest';
import { hookError, hookNames, hookVariableNames, hookVariables, mayStop } from '../../../lib/hooks/hooks.ts';

describe('the variables of a hook', () => {
  it('are all set; one that does not apply is empty', () => {
    const variables = hookVariables('pre-deploy', { verb: 'deploy', environment: 'prod', component: 'api', owner: 'kim' });
    expect(Object.keys(variables).toSorted()).toEqual([...hookVariableNames].toSorted());
    expect(variables).toMatchObject({
      DOJANG_HOOK: 'pre-deploy',
      DOJANG_VERB: 'deploy',
      DOJANG_ENV: 'prod',
      DOJANG_WHO: 'kim',
      DOJANG_DUMP: '',
    });
  });

  it('have one line each', () => {
    const { DOJANG_REASON } = hookVariables('deploy-failed', { verb: 'deploy', environment: 'prod', owner: 'kim', reason: 'a\nb\0c' });
    expect(DOJANG_REASON).toBe('a b c');
  });
});

it('only a hook before the work may stop it', () => {
  expect(hookNames.filter(mayStop)).toEqual(['pre-deploy', 'pre-rollback', 'pre-restore']);
});

it('its error names the file, what it printed, and what to do', () => {
  expect(hookError('pre-deploy', 'ended with status 3', ['no ticket'])).toMatchObject({
    code: 'hook-failed',
    message: 'hooks/pre-deploy ended with status 3',
    why: expect.stringContaining('no ticket'),
    next: 'mend hooks/pre-deploy, or take it away',
  });
});
