import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { ManagedNode } from '../../../../lib/host/join.ts';
import { Secret } from '../../../../lib/values/secret.ts';
import { type JoinPorts, join } from '../../../../scripts/commands/up/join.ts';

const prod = environmentOf(service, 'prod');
const success = { code: 0, stdout: '', stderr: '' };

/** A Systems Manager with these nodes, and a machine that registers when a script is sent to it. */
function stage(nodes: ManagedNode[], { answers = true, refusals = 0 } = {}) {
  const did: string[] = [];
  let left = refusals;
  const ports: JoinPorts = {
    aws: { outputs: async () => ({ AiNodeRole: 'ai-node' }) },
    registry: {
      named: async () => nodes,
      activate: async () => ({ id: 'a-1', code: Secret.of('code') }),
      deleteActivation: async (id) => void did.push(`delete ${id}`),
      deregister: async (id) => void did.push(`deregister ${id}`),
    },
    shell: {
      run: async () => {
        if (!answers) throw new DojangError('host-timeout', 'no answer');
        return success;
      },
    },
    channel: async () => {
      if (left-- > 0) throw new DojangError('host-unreachable', 'not yet');
      did.push('register');
      nodes.unshift({ id: 'mi-new', online: true, registered: new Date(), activation: 'a-1' });
      return success;
    },
    interval: 0,
  };
  return { ports, did };
}

const node = (id: string, online: boolean): ManagedNode => ({ id, online, registered: new Date(0) });
const joined = (ports: JoinPorts) => join(prod, ports, () => undefined);

describe('join', () => {
  it('does nothing when the node answers', async () => {
    const { ports, did } = stage([node('mi-1', true)]);
    expect(await joined(ports)).toEqual({ node: 'mi-1', changed: false });
    expect(did).toEqual([]);
  });

  it('registers the machine, and takes away what is left of another', async () => {
    const { ports, did } = stage([node('mi-1', false)]);
    expect(await joined(ports)).toEqual({ node: 'mi-new', changed: true });
    expect(did).toEqual(['register', 'deregister mi-1', 'delete a-1']);
  });

  it('does not believe in a node that is called online and does not answer', async () => {
    const { ports, did } = stage([node('mi-1', true)], { answers: false });
    expect(await joined(ports)).toEqual({ node: 'mi-new', changed: true });
    expect(did).toContain('register');
  });

  it('waits for a machine that does not accept a login yet', async () => {
    const { ports } = stage([], { refusals: 3 });
    expect(await joined(ports)).toMatchObject({ node: 'mi-new' });
  });

  it('deletes its activation when the machine refuses', async () => {
    const { ports, did } = stage([]);
    const failing = { ...ports, channel: async () => ({ ...success, code: 1, stderr: 'snap: no code here' }) };
    await expect(joined(failing)).rejects.toMatchObject({ code: 'join-failed', why: expect.not.stringContaining(' code') });
    expect(did).toEqual(['delete a-1']);
  });
});
