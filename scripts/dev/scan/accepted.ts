/** Findings that stay, each with the reason. docs/security.md shows the same table. */
import type { Finding } from './findings.ts';

export interface Accepted {
  readonly scanner: string;
  readonly rule: string;
  /**
   * Parts of the places of the findings that the reason is about: a file or a resource each, so
   * that a new one needs its own look.
   */
  readonly where: readonly string[];
  readonly reason: string;
}

export const accepted: readonly Accepted[] = [
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_18',
    where: ['Bucket.Artifacts'],
    reason:
      'Access logs of the artifact bucket: it is private, holds releases alone, and its one reader is the role of the host. A bucket for logs would need the same again.',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_158',
    where: ['FlowLogGroup'],
    reason:
      'A KMS key of our own for the flow log: CloudWatch Logs encrypts it with its own key. Ours would cost a dollar a month, and who may read the log could use the key too.',
  },
  {
    scanner: 'checkov',
    rule: 'CKV_AWS_260',
    where: ['HostGroupingresstcp80'],
    reason: "Port 80 is open to everyone: it answers Let's Encrypt's challenge and redirects everything else to HTTPS.",
  },
  {
    scanner: 'cfn-lint',
    rule: 'W3010',
    where: ['dojang-prod-addresses.template.json', 'dojang-prod-host.template.json', 'dojang-prod-network.template.json'],
    reason: 'The zone is written down: a data volume can be attached in its own zone alone, so the zone must not change by itself.',
  },
  {
    scanner: 'gixy',
    rule: 'hsts_header',
    where: ['gcp/'],
    reason:
      'HSTS on the AI server: its one client is the API, by mutual TLS on a port that speaks nothing else. No browser can get that far.',
  },
  {
    scanner: 'bandit',
    rule: 'B404',
    where: ['dojang_ai/gpu.py', 'dojang_ai/processes.py', 'dojang_ai/ocr/tesseract.py'],
    reason: 'The module subprocess is used: for text recognition and for the state of the GPU. B603 and B607 judge how.',
  },
  {
    scanner: 'bandit',
    rule: 'B603',
    where: ['dojang_ai/gpu.py', 'dojang_ai/processes.py', 'dojang_ai/ocr/tesseract.py'],
    reason:
      'Each call has a list of fixed words; the text or image of a user goes through stdin and is read with limits of time and memory.',
  },
  {
    scanner: 'bandit',
    rule: 'B607',
    where: ['dojang_ai/ocr/tesseract.py'],
    reason: "tesseract is found by PATH, which the unit sets to the system's folders; a developer may have it elsewhere.",
  },
  {
    scanner: 'bandit',
    rule: 'B101',
    where: ['dojang_ai/workers/worker.py'],
    reason: 'Says to the type checker that a process that is started with pipes has them; nothing else rests on it.',
  },
];

/** The reason why a finding stays; undefined for one that has none. */
export function reasonFor({ scanner, rule, place }: Finding): string | undefined {
  return accepted.find((each) => each.scanner === scanner && each.rule === rule && each.where.some((part) => place.includes(part)))?.reason;
}
