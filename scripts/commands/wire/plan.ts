/**
 * `dojang wire --dry-run`: what wire manages, from the configuration alone. `--check` reports what
 * differs.
 */
import type { Environment } from '../../../lib/config/environment.ts';
import { unknownAddresses } from '../../../lib/config/names.ts';
import { describeEnvironment } from '../../../lib/deployment/describe.ts';
import { rotationOf } from '../../../lib/pki/secrets.ts';
import { tableLines } from '../../../lib/text/table.ts';
import type { Rule } from '../../../lib/wiring/rule.ts';
import type { DataOf } from '../../runtime/answers/format.ts';
import type { Outcome } from '../../runtime/outcome.ts';
import { rulesOnEachSide } from '../../runtime/wiring/wiring.ts';
import { wirePlanAnswer } from './answer.ts';

/** @throws DojangError `unknown-rotation` for a name that wire cannot make anew */
export function wirePlan(environment: Environment, rotate: readonly string[] = []): Outcome<DataOf<typeof wirePlanAnswer>> {
  const { secrets, wiring } = describeEnvironment(environment);
  const { rules, trust } = wiring(unknownAddresses);
  const desired = rules.map(named);
  const { authority, certificates } = trust;
  const anew = rotationOf(rotate, trust, secrets);
  const endpoints = Object.values(environment.names.parameters.endpoints);
  const data = {
    rules: desired,
    endpoints,
    authority: authority.parameters,
    certificates: certificates.map(({ id, host, commonName, use, parameters }) => ({ id, host, commonName, use, parameters })),
    secrets: secrets.map(({ name, parameter, host, from }) => ({ name, parameter, host, from })),
  };
  const lines = [
    'rules, and no others',
    ...rulesOnEachSide({ desired }),
    'endpoints, where each side looks them up',
    ...endpoints.map((name) => `  ${name}`),
    'certificates of a private authority, renewed before they end',
    ...tableLines(
      columns,
      certificates.map(({ id, host, parameters }) => [host, id, parameters.certificate]),
    ),
    'secrets, kept as SecureString',
    ...tableLines(
      columns,
      secrets.map(({ name, host, parameter, from }) => [
        host ?? '-',
        name,
        `${parameter}${from === 'given' ? '   given by the operator' : ''}`,
      ]),
    ),
  ];
  const made = anew.size > 0 ? ['made anew', `  ${[...anew].join(', ')}`] : [];
  return { format: wirePlanAnswer, data: { ...data, anew: [...anew] }, lines: [...lines, ...made] };
}

/** A host, what is for it, and where that is kept. */
const columns = [{}, { min: 18 }, {}];

function named(rule: Rule): Rule {
  const peer = Object.entries(unknownAddresses).find(([, address]) => rule.peer === `${address}/32`)?.[0];
  return peer ? { ...rule, peer: `<${peer} address>/32` } : rule;
}
