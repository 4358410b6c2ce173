import { describe, expect, it } from 'vitest';
import config from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import { hostFacts } from '../../../../lib/host/facts.ts';
import type { HostName, HostShell, ShellResult } from '../../../../lib/ports/host-shell.ts';
import { type ProvisionOptions, provision } from '../../../../scripts/commands/provision/provision.ts';
import type { Context } from '../../../../scripts/runtime/context.ts';
import { checked } from '../../checked.ts';

const environment = environmentOf(config, 'local');
const facts = hostFacts(environment, {
  artifactBucket: 'artifacts',
  addresses: { aws: '203.0.113.10', gcp: '198.51.100.10' },
  dataVolumeId: 'vol-0abc',
  embedded: true,
});
const look: ProvisionOptions = { check: true, only: [] };
const apply: ProvisionOptions = { check: false, only: [] };

interface Asked {
  readonly host: HostName;
  readonly script: string;
}

/** Hosts that say what a test gives them, and remember what they were asked. */
function hosts(said: Readonly<Record<HostName, string | Partial<ShellResult>>>) {
  const asked: Asked[] = [];
  const waited: HostName[] = [];
  const limits: number[] = [];
  const shell: HostShell = {
    async whenReady(host, limitSeconds) {
      waited.push(host);
      limits.push(limitSeconds);
    },
    async run(host, script) {
      expect(waited).toContain(host);
      asked.push({ host, script });
      const answer = said[host];
      return { code: 0, stdout: '', stderr: '', ...(typeof answer === 'string' ? { stdout: answer } : answer) };
    },
  };
  return { asked, limits, ports: async () => ({ shell, facts }) };
}

function context(dryRun = false): Context {
  const quiet = () => undefined;
  const report: Context['report'] = { tasks: (_, work) => work(), task: async (_name, work) => work(quiet), line: quiet, note: quiet };
  return { environment, report, options: { dryRun, approve: [] } };
}

const converged = 'step\tswap\tok\t\nend\tapply\n';
const neverAsk = async () => {
  throw new Error('no question was expected');
};

describe('dojang provision', () => {
  it('works on both hosts and says when there was nothing to do', async () => {
    const { asked, ports } = hosts({ aws: converged, gcp: converged });
    const { lines, failure } = checked(await provision(context(), ports, apply));
    expect(asked.map(({ host }) => host).sort()).toEqual(['aws', 'gcp']);
    expect(asked.every(({ script }) => script.includes('mode=apply'))).toBe(true);
    expect(failure).toBeUndefined();
    expect(lines).toEqual(['aws  1 step, nothing to change', 'gcp  1 step, nothing to change']);
  });

  it('waits 15 minutes for the agent of a new machine, which sleeps for 5 after a failed first try', async () => {
    const { limits, ports } = hosts({ aws: converged, gcp: converged });
    checked(await provision(context(), ports, apply));
    expect(limits).toEqual([900, 900]);
  });

  it('shows what it changed, and takes it for no failure', async () => {
    const changed =
      'step\tnginx-site\tchanged\t/a differs\nstep\tnginx-site\tchanged\t/b is missing\nhandler\tnginx-reload\tchanged\t\nend\tapply\n';
    const { lines, failure } = checked(await provision(context(), hosts({ aws: changed, gcp: converged }).ports, apply));
    expect(failure).toBeUndefined();
    expect(lines).toEqual([
      'aws',
      '  nginx-site    changed  /a differs',
      '                         /b is missing',
      '  nginx-reload  changed  done',
      'gcp  1 step, nothing to change',
    ]);
  });

  it('fails with drift when it only looks and something differs', async () => {
    const { asked, ports } = hosts({ aws: 'step\tswap\tdiffers\tswap is off\nend\tcheck\n', gcp: 'step\tswap\tok\t\nend\tcheck\n' });
    const { failure, lines } = checked(await provision(context(), ports, look));
    expect(asked.every(({ script }) => script.includes('mode=check'))).toBe(true);
    expect(failure).toMatchObject({ code: 'drift', next: 'dojang provision --env local' });
    expect(lines?.[1]).toBe('  swap  differs  swap is off');
  });

  it('fails when a step failed, with what the other host did', async () => {
    const { failure, lines } = checked(
      await provision(context(), hosts({ aws: 'step\tmysql\tfailed\tno\nend\tapply\n', gcp: converged }).ports, apply),
    );
    expect(failure?.code).toBe('step-failed');
    expect(lines).toContain('gcp  1 step, nothing to change');
  });

  it.each([
    ['host-busy', 'end\tbusy\n'],
    ['host-interrupted', 'step\tswap\tok\t\n'],
  ])('throws %s', async (code, stdout) => {
    await expect(provision(context(), hosts({ aws: stdout, gcp: converged }).ports, apply)).rejects.toMatchObject({ code });
  });

  it('runs only the steps and hosts that are named', async () => {
    const { asked, ports } = hosts({ aws: converged, gcp: converged });
    checked(await provision(context(), ports, { check: false, only: ['gcp', 'swap'] }));
    expect(asked.map(({ host }) => host)).toEqual(['gcp']);
    expect(asked[0]?.script.match(/^ {2}step \S+/gm)).toEqual(['  step swap']);
  });

  it('leaves out a host that has none of the steps', async () => {
    const { asked, ports } = hosts({ aws: converged, gcp: converged });
    checked(await provision(context(), ports, { check: false, only: ['mysql'] }));
    expect(asked.map(({ host }) => host)).toEqual(['aws']);
  });

  it('names the steps there are when one is unknown', async () => {
    const error = await provision(context(), neverAsk, { check: false, only: ['nonsense'] }).catch((each: unknown) => each);
    expect(error).toBeInstanceOf(DojangError);
    expect(error).toMatchObject({ code: 'unknown-step', message: 'no host and no step nonsense' });
    expect((error as DojangError).next).toContain('mysql-settings');
  });

  it('as a dry run asks nothing and shows everything', async () => {
    const { data, lines } = checked(await provision(context(true), neverAsk, apply));
    expect(lines?.filter((line) => /^(aws|gcp)$/.test(line))).toEqual(['aws', 'gcp']);
    expect(JSON.stringify(data)).toContain('start_unit mysql.service');
  });
});
