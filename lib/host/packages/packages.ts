/** Packages of the distribution, in whatever version it carries. */
import type { Environment } from '../../config/environment.ts';
import type { HostName } from '../../ports/host-shell.ts';
import { text } from '../bash/bash-template.ts';
import { type HostStep, step } from '../bash/step.ts';
import { waitsForOthers } from './package-manager.ts';

const both = [
  'ca-certificates',
  'chrony',
  'curl',
  'e2fsprogs',
  'logrotate',
  'nginx',
  'openssl',
  'python3',
  'python3-boto3', // reads secrets
  'tzdata', // the maintenance window is in a zone of its own
  'unattended-upgrades',
];
const ofAws = ['mysql-server'];
/** Virtual environments, and what reads pages: Tesseract for pictures, Poppler for PDF. */
const ofGcp = ['python3-venv', 'tesseract-ocr', 'tesseract-ocr-kor', 'poppler-utils'];

export function packageNames(host: HostName, { tls }: Pick<Environment, 'tls'>): string[] {
  const own = host === 'aws' ? [...ofAws, ...(tls === 'letsencrypt' ? ['certbot'] : [])] : ofGcp;
  return [...both, ...own].sort();
}

/**
 * Everything that is installed from the distribution, also what an interrupted installation left
 * half-done.
 */
export function packages(host: HostName, environment: Environment): HostStep {
  return packagesStep('packages', 'Packages', packageNames(host, environment));
}

function packagesStep(id: string, title: string, names: readonly string[]): HostStep {
  const list = names.join(' ');
  return step({
    id,
    title,
    check: text`
      local name status
      for name in ${list}; do
        status=$(dpkg-query -W -f '\${db:Status-Status}' "$name" 2>/dev/null)
        [ "$status" = installed ] || echo "$name is \${status:-not installed}"
      done
      [ -z "$(dpkg --audit)" ] || echo "an installation was interrupted: dpkg --audit"
      ! grep -qs '^exit 101$' /usr/sbin/policy-rc.d || echo "/usr/sbin/policy-rc.d keeps services from starting"
    `,
    apply: `apt_install ${list}`,
    limitSeconds: 900 + waitsForOthers,
  });
}
