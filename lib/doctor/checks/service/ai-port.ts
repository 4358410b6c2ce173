/**
 * The AI port: open to the AWS host with its own certificate, closed without one, and to another
 * authority's.
 */
import type { Environment } from '../../../config/environment.ts';
import { quoted, text } from '../../../host/bash/bash-template.ts';
import { paths } from '../../../host/paths.ts';
import { peerNames } from '../../../pki/desired.ts';
import { failed, type HostCheck, ok, type Verdict } from '../../check.ts';
import type { Facts } from '../../facts.ts';
import { answerOf, jsonOf } from './http-answer.ts';

interface Subject {
  readonly environment: Environment;
  readonly addresses: { readonly gcp: string };
}

/** What nginx answers to a client whose certificate it does not accept. */
const refusals = ['400', '403', '495', '496'];
/** Exit statuses of curl: the other end broke the handshake, or the connection right after it. */
const broken = ['35', '52', '55', '56'];
/** Exit statuses of curl: no name, no connection, no answer in time. */
const unreachable = ['6', '7', '28'];

export function aiPortChecks({ environment, addresses }: Subject): HostCheck[] {
  const { name, names, gcp } = environment;
  const url = quoted(`https://${peerNames.gcp}:${gcp.aiPort}/health`);
  const common = `ask --cacert ${paths.tls}/ca.pem --resolve ${quoted(`${peerNames.gcp}:${gcp.aiPort}:${addresses.gcp}`)}`;
  const provision = `dojang provision --env ${name}`;
  return [
    {
      id: 'ai-port',
      from: 'aws',
      title: `AI port ${gcp.aiPort} answers with our certificate`,
      probe: { name: 'ai-port', script: `${common} --cert ${paths.tls}/peer.pem --key ${paths.tls}/peer-key.pem ${url}` },
      verdict: (facts) => reached(facts, name),
    },
    {
      id: 'ai-port-bare',
      from: 'aws',
      title: 'AI port refuses without a certificate',
      probe: { name: 'ai-port-bare', script: `${common} ${url}` },
      verdict: (facts) => refused(facts, provision),
    },
    {
      id: 'ai-port-foreign',
      from: 'aws',
      title: 'AI port refuses a certificate of another authority',
      probe: {
        name: 'ai-port-foreign',
        script: `${foreign(names.authority)}\n${common} --cert "$folder/leaf.pem" --key "$folder/leaf-key.pem" ${url}`,
      },
      verdict: (facts) => refused(facts, provision),
    },
  ];
}

/**
 * An authority of the same name and a certificate of the same name as ours, thrown away with the
 * folder.
 */
function foreign(authority: string): string {
  return text`
    local folder=$work/$probe
    local -a key=(-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1)
    mkdir "$folder"
    openssl req -x509 "\${key[@]}" -subj ${quoted(`/CN=${authority}`)} -keyout "$folder/ca-key.pem" -out "$folder/ca.pem" || return
    openssl req -x509 -CA "$folder/ca.pem" -CAkey "$folder/ca-key.pem" "\${key[@]}" -subj /CN=${peerNames.aws} \
      -addext extendedKeyUsage=clientAuth -addext basicConstraints=CA:FALSE -keyout "$folder/leaf-key.pem" -out "$folder/leaf.pem" || return
  `;
}

function reached(facts: Facts, environment: string): Verdict {
  const { exit, code, body, said } = answerOf(facts);
  if (exit === undefined) return failed('could not be tried', `dojang doctor --env ${environment}`);
  if (exit !== '0') return failed(said || `curl ended with ${exit}`, nextStep(exit, environment));
  const health = jsonOf(body);
  if (code === '200' && health?.ok === true) return ok(`engine ${health.engine ?? 'unknown'}`);
  if (refusals.includes(code)) return failed(`our certificate is not accepted: HTTP ${code}`, `dojang provision --env ${environment}`);
  return failed(`HTTP ${code}: ${String(health?.reason ?? body.slice(0, 120))}`, 'journalctl -u dojang-ai -n 100 on the gcp host');
}

function nextStep(exit: string, environment: string): string {
  if (unreachable.includes(exit)) return `dojang wire --check --env ${environment}, then systemctl status nginx on the gcp host`;
  return `dojang wire --env ${environment}, then dojang provision --env ${environment}`;
}

function refused(facts: Facts, provision: string): Verdict {
  const { exit, code, said } = answerOf(facts);
  if (exit === undefined) return failed('could not be tried: openssl made no certificate', provision);
  if (exit === '0' && refusals.includes(code)) return ok(`HTTP ${code}`);
  if (exit === '0') return failed(`it was let in: HTTP ${code}`, provision);
  if (broken.includes(exit)) return ok(said.replace(/^curl: \(\d+\) /, ''));
  return failed(`could not be tried: ${said}`, provision);
}
