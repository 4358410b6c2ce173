import { describe, expect, it } from 'vitest';
import { DojangError } from '../../../../lib/errors/dojang-error.ts';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import type { PortOutcome } from '../../../../lib/ports/prober.ts';
import { desiredRules, endpointValues } from '../../../../lib/wiring/desired.ts';
import type { doctorAnswer } from '../../../../scripts/commands/doctor/answer.ts';
import { doctor } from '../../../../scripts/commands/doctor/doctor.ts';
import type { DataOf } from '../../../../scripts/runtime/answers/format.ts';
import type { Clouds, Context } from '../../../../scripts/runtime/context.ts';
import { trustWork } from '../../../../scripts/runtime/wiring/trust.ts';
import { addresses, healthyOnAws, healthyOnGcp, local } from '../../../lib/doctor/subject.ts';
import { checked } from '../../checked.ts';
import { MemorySecrets } from '../../memory-secrets.ts';
import { wantedTrust } from '../../wanted-trust.ts';

const report: Context['report'] = {
  tasks: (_, work) => work(),
  task: (_, work) => work(() => undefined),
  line: () => undefined,
  note: () => undefined,
};
const context: Context = { environment: local, report, options: { approve: [], dryRun: false } };

/** Clouds that are wired as configured. */
async function clouds({ confirmed = true } = {}): Promise<Clouds> {
  const secrets = new MemorySecrets();
  await trustWork(wantedTrust(local, addresses), { secrets }, { apply: true, rotate: [], now: new Date() }, () => undefined);
  const rules = desiredRules(local, addresses).map((rule) => ({ ...rule, handle: '' }));
  const values = endpointValues(local, addresses);
  const names = local.names.parameters.endpoints;
  const endpoints = Object.fromEntries((['aws', 'gcp', 'ai'] as const).map((key) => [names[key], values[key]]));
  return {
    aws: {
      outputs: async () => ({ Address: addresses.aws, HostGroupId: 'sg-1', AlarmTopic: 'arn:topic' }),
      subscriptions: async () => [{ protocol: 'email', endpoint: local.contact, confirmed }],
      rules: async () => rules.filter(({ cloud }) => cloud === 'aws'),
      parameters: async () => endpoints,
    },
    gcp: {
      outputs: async () => ({ address: addresses.gcp, machine: 'ai' }),
      rules: async () => rules.filter(({ cloud }) => cloud === 'gcp'),
    },
    secrets,
  } as unknown as Clouds;
}

/** Hosts that print these outputs, with the clock of right now. */
function hosts(outputs: Record<HostName, string | Error>) {
  const scripts: string[] = [];
  const withCurrentClock = (text: string) => text.replace(/(doctor\t(begin|end)\t).*/g, () => `${'doctor\tend\t'}${Date.now() / 1000}`);
  const shell = {
    run: async (host: HostName, script: string) => {
      scripts.push(script);
      const answer = outputs[host];
      if (answer instanceof Error) throw answer;
      const clock = `doctor\tbegin\t${Date.now() / 1000}\n`;
      return { code: 0, stdout: clock + withCurrentClock(answer.replace(/doctor\tbegin.*\n/, '')), stderr: '' };
    },
    whenReady: async () => undefined,
  };
  return { shell, scripts };
}

const fromOutside = (open: readonly number[]) => ({
  connect: async (_: 'external', address: string, port: number): Promise<PortOutcome> =>
    address === addresses.aws && open.includes(port) ? 'open' : 'silent',
});

const statesOf = ({ checks }: DataOf<typeof doctorAnswer>, state: string) =>
  checks.filter((each) => each.state === state).map(({ id }) => id);

describe('doctor', () => {
  it('is content when everything is as it must be, with one command for each host', async () => {
    const { shell, scripts } = hosts({ aws: healthyOnAws, gcp: healthyOnGcp });
    const outcome = checked(await doctor(context, await clouds(), { shell, prober: fromOutside([80, 443]) }));
    expect(outcome.failure).toBeUndefined();
    expect(statesOf(outcome.data, 'ok')).toHaveLength(56);
    expect(outcome.lines?.at(-1)).toBe('doctor: 56 checks, all passed');
    expect(scripts).toHaveLength(2);
  });

  it('warns, without a failure, while the subscription of the alarms is not confirmed', async () => {
    const { shell } = hosts({ aws: healthyOnAws, gcp: healthyOnGcp });
    const outcome = checked(await doctor(context, await clouds({ confirmed: false }), { shell, prober: fromOutside([80, 443]) }));
    expect(statesOf(outcome.data, 'warning')).toEqual(['alarm-subscription']);
    expect(outcome.failure).toBeUndefined();
    expect(outcome.lines?.at(-1)).toBe('doctor: 56 checks, all passed, 1 warning');
  });

  it('is a failure when one thing is wrong, and names it with the next step', async () => {
    const { shell } = hosts({ aws: healthyOnAws.replace('127.0.0.1:3306', '0.0.0.0:3306'), gcp: healthyOnGcp });
    const outcome = checked(await doctor(context, await clouds(), { shell, prober: fromOutside([80, 443, 22]) }));
    expect(statesOf(outcome.data, 'failed')).toEqual(['mysql-loopback', 'closed-aws']);
    expect(outcome.failure).toMatchObject({ code: 'unhealthy', next: 'dojang provision --env local' });
    expect(outcome.lines?.at(-1)).toBe('doctor: 2 of 56 failed');
  });

  it('reports drift of the wiring and of the certificates', async () => {
    const { shell } = hosts({ aws: healthyOnAws, gcp: healthyOnGcp });
    const drifted = await clouds();
    (drifted.secrets as MemorySecrets).kept.delete('/dojang/local/gcp/peer-key');
    const outcome = checked(await doctor(context, drifted, { shell, prober: fromOutside([80, 443]) }));
    expect(statesOf(outcome.data, 'failed')).toEqual(['wiring']);
  });

  it.each([
    ['cannot be reached', new DojangError('host-unreachable', 'the gcp host does not answer')],
    ['was cut off', healthyOnGcp.slice(0, 300)],
  ])('counts a host that %s as one failure, and looks at the rest', async (_, gcp) => {
    const { shell } = hosts({ aws: healthyOnAws, gcp });
    const outcome = checked(await doctor(context, await clouds(), { shell, prober: fromOutside([80, 443]) }));
    expect(statesOf(outcome.data, 'failed')).toEqual(['answers-gcp']);
    expect(outcome.lines?.at(-1)).toBe('doctor: 1 of 56 failed, 17 not tried');
    expect(outcome.failure).toBeDefined();
  });
});
