import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import configuration from '../../../../../dojang.config.ts';
import { environmentOf } from '../../../../../lib/config/environment.ts';
import { enableApisCommand } from '../../../../../lib/config/google-apis.ts';
import { connectionFrom } from '../../../../../scripts/io/connection.ts';
import { disabledServices, onceServicesAreActive } from '../../../../../scripts/io/gcp/api/service-activation.ts';
import { EngineFailed } from '../../../../../scripts/io/gcp/engine/failures.ts';
import { Session } from '../../../../../scripts/io/gcp/engine/session.ts';
import { root } from '../../../../../scripts/io/state.ts';

const off = (api: string) =>
  `Error creating Network: googleapi: Error 403: X API has not been used in project 1 before or it is disabled. Enable it by visiting https://console.developers.google.com/apis/api/${api}.googleapis.com/overview?project=1 then retry.`;
const failed = (...errors: string[]) => new EngineFailed([...errors, 'update failed'], undefined);

describe('services that are off', () => {
  it('are named when nothing else is wrong', () => {
    expect(disabledServices(failed(off('iam'), off('compute'), off('compute')))).toEqual(['compute.googleapis.com', 'iam.googleapis.com']);
    expect(disabledServices(failed(off('iam'), 'googleapi: Error 409: already exists'))).toEqual([]);
    expect(disabledServices(failed())).toEqual([]);
    expect(disabledServices(new Error(off('iam')))).toEqual(['iam.googleapis.com']);
  });
});

describe('waiting for them', () => {
  const environment = environmentOf(configuration, 'prod');
  const session = (limit: number) => {
    const engine = async () => ({ command: '', root: undefined });
    return new Session(environment, { folder: '', connection: connectionFrom({}), engine, activation: { interval: 1, limit } });
  };

  it('ends with the first try that works, and says what is waited for', async () => {
    const notes: string[] = [];
    const answers = [failed(off('compute')), failed(off('compute')), 'done'];
    const work = async () => {
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    };
    expect(await onceServicesAreActive(session(5), (note) => notes.push(note), work)).toBe('done');
    expect(notes).toEqual(Array(2).fill('waiting for compute.googleapis.com: enabled, and not everywhere yet'));
  });

  it('has a limit, after which the command that enables them is named', async () => {
    let tries = 0;
    const work = async () => {
      tries++;
      throw failed(off('compute'));
    };
    await expect(onceServicesAreActive(session(3), () => undefined, work)).rejects.toMatchObject({
      code: 'gcp-apis-disabled',
      next: expect.stringContaining('--project=dojang-prod'),
    });
    expect(tries).toBe(4);
  });

  it('does not begin for another fault', async () => {
    const fault = failed('googleapi: Error 403: Required permission');
    await expect(
      onceServicesAreActive(
        session(3),
        () => undefined,
        () => Promise.reject(fault),
      ),
    ).rejects.toBe(fault);
  });
});

it('the documentation has the command for a new project', () => {
  expect(readFileSync(join(root, 'docs/production.md'), 'utf8')).toContain(enableApisCommand('<project>'));
});
