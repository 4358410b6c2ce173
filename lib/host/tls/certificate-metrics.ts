/**
 * How many days the certificates of a host are still good for, as metrics for the alarms of
 * lib/constructs/watching/certificate-alarms.ts.
 */
import type { Environment } from '../../config/environment.ts';
import type { HostName } from '../../ports/host-shell.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import type { HostStep } from '../bash/step.ts';
import { paths } from '../paths.ts';

const unit = 'dojang-certificate-days';
const tool = `${paths.tools}/certificate-days`;

/**
 * Files of the leaf certificates by the name that they have as a metric. With Let's Encrypt the
 * site's is a link to certbot's live one.
 */
const certificates: Readonly<Record<HostName, Readonly<Record<string, string>>>> = {
  aws: { 'aws-peer': `${paths.tls}/peer.pem`, site: `${paths.tls}/site.pem` },
  gcp: { 'gcp-peer': `${paths.tls}/peer.pem` },
};

/**
 * Reported every hour, and at once. Credentials are those of the reader of secrets: the host's own
 * role.
 */
export function certificateMetrics(host: HostName, environment: Environment): HostStep {
  return filesStep({
    id: 'certificate-metrics',
    title: 'Days left of the certificates as metrics',
    files: [
      { path: tool, content: program(host, environment), mode: '755' },
      { path: `/etc/systemd/system/${unit}.service`, content: service },
      { path: `/etc/systemd/system/${unit}.timer`, content: timer },
    ],
    check: text`
      unit_differs ${unit}.timer
      ! systemctl is-failed -q ${unit}.service || echo "the last report failed: journalctl -u ${unit}.service"
    `,
    apply: text`
      start_unit ${unit}.timer
      systemctl start ${unit}.service || { journalctl -u ${unit}.service -n 5 -o cat --no-pager; return 1; }
    `,
    limitSeconds: 180,
  });
}

const service = text`
  [Unit]
  Description=Days left of the certificates, to CloudWatch
  Wants=network-online.target
  After=network-online.target

  [Service]
  Type=oneshot
  ExecStart=${tool}
  TimeoutStartSec=120
  NoNewPrivileges=yes
  CapabilityBoundingSet=
  ProtectSystem=strict
  ProtectHome=read-only
  PrivateTmp=yes
  PrivateDevices=yes
  RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
`;

const timer = text`
  [Unit]
  Description=Days left of the certificates, every hour

  [Timer]
  OnCalendar=hourly
  RandomizedDelaySec=300
  Persistent=yes

  [Install]
  WantedBy=timers.target
`;

function program(host: HostName, environment: Environment): string {
  const { namespace, name, dimension } = environment.names.certificateMetric;
  const files = Object.entries(certificates[host]).map(([certificate, file]) => `    "${certificate}": "${file}",`);
  return text`
    #!/usr/bin/python3
    """Reports to CloudWatch how many days the certificates of this host are still good for."""
    import math
    import os
    import ssl
    import subprocess
    import sys
    import time

    import boto3
    from botocore.config import Config
    from botocore.exceptions import BotoCoreError, ClientError

    CERTIFICATES = {
    ${files.join('\n')}
    }


    def days_left(path):
        """0 for what no client trusts: a certificate that is missing, or a placeholder that is signed by itself."""
        command = ["openssl", "x509", "-in", path, "-noout", "-enddate", "-subject", "-issuer"]
        said = subprocess.run(command, capture_output=True, text=True).stdout
        facts = dict(line.split("=", 1) for line in said.splitlines() if "=" in line)
        if "notAfter" not in facts or facts["subject"] == facts["issuer"]:
            return 0
        return math.floor((ssl.cert_time_to_seconds(facts["notAfter"]) - time.time()) / 86400)


    def report(days):
        client = boto3.client(
            "cloudwatch",
            region_name="${environment.aws.region}",
            endpoint_url=os.environ.get("AWS_ENDPOINT_URL"),
            config=Config(connect_timeout=5, read_timeout=20, retries={"max_attempts": 4, "mode": "standard"}),
        )
        data = [
            {"MetricName": "${name}", "Dimensions": [{"Name": "${dimension}", "Value": each}], "Value": left, "Unit": "Count"}
            for each, left in days.items()
        ]
        client.put_metric_data(Namespace="${namespace}", MetricData=data)


    days = {name: days_left(path) for name, path in CERTIFICATES.items()}
    try:
        report(days)
    except (BotoCoreError, ClientError) as error:
        sys.exit(f"CloudWatch does not take the metric: {error}")
    print(", ".join(f"{name} {left} days left" for name, left in days.items()))
  `;
}
