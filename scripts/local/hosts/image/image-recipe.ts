/**
 * What the host image consists of: a small Debian that boots, and a repository of packages inside
 * it, so that hosts need no network.
 */
import { readFileSync } from 'node:fs';
import { packageNames } from '../../../../lib/host/packages/packages.ts';
import { hostNames } from '../../../../lib/host/recipe.ts';

/** sid, because it is the one Debian that carries MySQL. */
export const suite = 'sid';

/** What debootstrap puts into the tree. apt-utils makes the index of the repository. */
export const base = ['systemd', 'systemd-sysv', 'dbus', 'iproute2', 'ca-certificates', 'apt-utils'] as const;

/** As on a cloud's image: packages of a new machine. First contact speaks to AWS with boto3. */
const preinstalled = ['curl', 'e2fsprogs', 'kmod', 'nftables', 'procps', 'python3', 'python3-boto3', 'sudo'] as const;

/** What the host recipe installs on either host. */
const repository = [...new Set(hostNames.flatMap((host) => packageNames(host, { tls: 'letsencrypt' })))].sort();

/**
 * Services of AWS that boto3 keeps knowing; what it knows of the other four hundred would be half
 * of a tree that each machine copies.
 */
const services = ['cloudformation', 'cloudwatch', 'ec2', 'iam', 'kms', 'logs', 's3', 'secretsmanager', 'ssm', 'sts'] as const;

/** Where the repository is in the tree. */
export const packagesFolder = '/var/lib/dojang-packages';

/**
 * Who `gcloud compute ssh` signs in as: not root, but may become it, as OS Login's administrators.
 */
export const operator = 'operator-example-com';

/** The stand-in for the agent of Systems Manager. */
export const agent = () => readFileSync(new URL('amazon_ssm_agent.py', import.meta.url), 'utf8');

export const agentUnit = `[Unit]
Description=Stand-in for the agent of AWS Systems Manager: the embedded AWS reaches this host by itself

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/bin/amazon-ssm-agent

[Install]
WantedBy=multi-user.target
`;

/**
 * Runs inside the new tree, as bash: installs, fills the repository, and leaves nothing that
 * belongs to the building machine.
 */
export const fill = `set -eu
export DEBIAN_FRONTEND=noninteractive
# Nothing may start inside a tree that is not booted.
printf '#!/bin/sh\\nexit 101\\n' >/usr/sbin/policy-rc.d
chmod 755 /usr/sbin/policy-rc.d
apt() {
  apt-get -q -y -o Acquire::Check-Valid-Until=false -o APT::Install-Recommends=false "$@"
}
echo "stage: preinstalled"
printf 'Acquire::Languages "none";\n' >/etc/apt/apt.conf.d/99-languages
apt update
apt install ${preinstalled.join(' ')}
apt clean
echo "stage: repository"
apt install --download-only ${repository.join(' ')}
mkdir -p ${packagesFolder}
mv /var/cache/apt/archives/*.deb ${packagesFolder}/
(cd ${packagesFolder} && apt-ftparchive packages . >Packages)
rm -rf /etc/apt/sources.list /etc/apt/sources.list.d/* /var/lib/apt/lists/*
echo 'deb [trusted=yes] file:${packagesFolder} ./' >/etc/apt/sources.list.d/dojang-packages.list
apt update
apt install --simulate ${repository.join(' ')}
apt clean
# Each machine copies every file, so documentation and translations are removed.
find /usr/share/doc /usr/share/man /usr/share/info /usr/share/lintian ! -type d -delete
find /usr/share/locale -path '*/LC_MESSAGES/*' ! -type d -delete
(cd /usr/lib/python3/dist-packages/botocore/data && find . -mindepth 1 -maxdepth 1 -type d ${services.map((name) => `! -name ${name}`).join(' ')} -exec rm -r {} +)
useradd --create-home --shell /bin/bash ${operator}
echo '${operator} ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/google_sudoers
chmod 440 /etc/sudoers.d/google_sudoers
chmod 755 /usr/bin/amazon-ssm-agent
systemctl enable amazon-ssm-agent.service
rm -f /usr/sbin/policy-rc.d /etc/hostname /etc/resolv.conf /var/log/*.log /var/log/apt/*
# No name server: what is not in /etc/hosts has no name here.
touch /etc/resolv.conf
: >/etc/machine-id
`;
