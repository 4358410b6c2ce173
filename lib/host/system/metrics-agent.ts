/**
 * Amazon's CloudWatch agent: memory and disk, which the machine alone can see, for the alarms of
 * lib/constructs/watching/host-alarms.ts.
 */

import type { Environment } from '../../config/environment.ts';
import { agentNamespace } from '../../config/names.ts';
import { text } from '../bash/bash-template.ts';
import { filesStep } from '../bash/files.ts';
import { type HostHandler, type HostStep, step } from '../bash/step.ts';
import { waitsForOthers } from '../packages/package-manager.ts';
import { paths } from '../paths.ts';

/**
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/verify-CloudWatch-Agent-Package-Signature.html
 */
const downloads = 'https://amazoncloudwatch-agent.s3.amazonaws.com';
const fingerprint = '937616F3450B7D806CBD9725D58167303B789C72';
const settings = `${paths.settings}/metrics.json`;

const restartMetrics: HostHandler = {
  id: 'metrics-restart',
  title: 'Restart the CloudWatch agent with its settings',
  run: `/opt/aws/amazon-cloudwatch-agent/bin/amazon-cloudwatch-agent-ctl -a fetch-config -m ec2 -s -c file:${settings}`,
  limitSeconds: 120,
};

/** From Amazon's own place, and only with Amazon's signature: no distribution has it. */
export function metricsPackage({ aws }: Environment): HostStep {
  const url = `${downloads}/ubuntu/${aws.image.endsWith('arm64') ? 'arm64' : 'amd64'}/latest/amazon-cloudwatch-agent.deb`;
  return step({
    id: 'metrics-agent',
    title: 'CloudWatch agent',
    check: text`
      [ "$(dpkg-query -W -f '\${db:Status-Status}' amazon-cloudwatch-agent 2>/dev/null)" = installed ] || echo "amazon-cloudwatch-agent is not installed"
    `,
    apply: text`
      apt_install gpg gpgv
      local folder=/var/cache/dojang/metrics-agent name
      rm -rf "$folder"
      mkdir -p "$folder"
      cd "$folder"
      for name in ${url} ${url}.sig ${downloads}/assets/amazon-cloudwatch-agent.gpg; do
        curl -fsS --proto =https --tlsv1.2 --retry 3 --max-time 120 -O "$name"
      done
      # The file may hold other keys too, and gpgv takes a signature by any key of its keyring: it
      # is given Amazon's alone.
      gpg --homedir "$folder" --batch --no-autostart --quiet --import amazon-cloudwatch-agent.gpg
      gpg --homedir "$folder" --batch --no-autostart --export ${fingerprint} >key.gpg
      [ -s key.gpg ]
      gpgv --keyring ./key.gpg amazon-cloudwatch-agent.deb.sig amazon-cloudwatch-agent.deb
      apt_install ./amazon-cloudwatch-agent.deb
      rm -rf "$folder"
    `,
    limitSeconds: 600 + waitsForOthers,
  });
}

export function metricsAgent(): HostStep {
  return filesStep({
    id: 'metrics',
    title: 'Memory and disk as metrics',
    files: [{ path: settings, content: JSON.stringify(configuration, null, 2) }],
    check: 'unit_differs amazon-cloudwatch-agent.service',
    apply: restartMetrics.run,
    limitSeconds: 120,
  });
}

interface Collected {
  readonly measurement: readonly string[];
  readonly resources?: readonly string[];
}

/**
 * How many metrics the agent sends; each is billed. One of a resource has more dimensions than the
 * machine's id, so that its aggregate by the machine alone is another metric.
 */
export function agentMetricCount(): number {
  const groups: readonly Collected[] = Object.values(configuration.metrics.metrics_collected);
  return groups.reduce((sum, { measurement, resources }) => sum + measurement.length * (resources ? resources.length + 1 : 1), 0);
}

/**
 * Aggregated by the machine alone: the alarms do not know which disks it has, and the fullest one
 * counts.
 */
const configuration = {
  agent: { metrics_collection_interval: 60, run_as_user: 'cwagent' },
  metrics: {
    namespace: agentNamespace,
    append_dimensions: { InstanceId: text`\${aws:InstanceId}` },
    aggregation_dimensions: [['InstanceId']],
    metrics_collected: {
      mem: { measurement: ['mem_used_percent'] },
      swap: { measurement: ['swap_used_percent'] },
      disk: { measurement: ['disk_used_percent'], resources: ['/', paths.data], drop_device: true },
    },
  },
};
