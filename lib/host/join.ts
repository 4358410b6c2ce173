/** How a machine outside AWS becomes a node that Systems Manager manages. */
import type { Secret } from '../values/secret.ts';
import { quoted } from './bash/bash-template.ts';

/** A machine that Systems Manager manages, or did. */
export interface ManagedNode {
  readonly id: string;
  readonly online: boolean;
  readonly registered: Date;
  /** The activation that it registered with. */
  readonly activation?: string;
}

/** What lets one machine register; worthless once it has. */
export interface Activation {
  readonly id: string;
  readonly code: Secret;
}

/** The nodes that Systems Manager knows. */
export interface NodeRegistry {
  /** Nodes of this name, the newest registration first. */
  named(name: string): Promise<readonly ManagedNode[]>;
  /** For one machine, within the hour. The node takes this role. */
  activate(name: string, role: string): Promise<Activation>;
  /** The nodes that registered with it stay. One that does not exist is no fault. */
  deleteActivation(id: string): Promise<void>;
  /** One that does not exist is no fault. */
  deregister(id: string): Promise<void>;
}

/**
 * Installs the agent where it is missing and registers it. The agent comes as a snap: snapd refuses
 * one whose contents AWS has not published, and keeps it up to date. The agent takes the code as an
 * argument only; it works for one machine, which by then is this one.
 */
export function joinScript(region: string, { id, code }: Activation): string {
  return `set -euo pipefail
find_agent() {
  if [ -x /snap/amazon-ssm-agent/current/amazon-ssm-agent ]; then
    agent=/snap/amazon-ssm-agent/current/amazon-ssm-agent
    unit=snap.amazon-ssm-agent.amazon-ssm-agent.service
  elif agent=$(command -v amazon-ssm-agent); then
    unit=amazon-ssm-agent.service
  else
    return 1
  fi
}
if ! find_agent; then
  if ! command -v snap >/dev/null; then
    echo 'amazon-ssm-agent is not installed and there is no snap to install it with' >&2
    exit 3
  fi
  # At the first boot of a machine snapd unpacks its own snaps before it takes orders.
  timeout 300 snap wait system seed.loaded || true
  for try in 1 2 3; do
    if snap install amazon-ssm-agent --classic; then break; fi
    sleep $((try * 5))
  done
  find_agent
fi
systemctl stop "$unit"
"$agent" -register -y -region ${quoted(region)} -id ${quoted(id)} -code ${quoted(code.reveal())}
systemctl enable "$unit"
systemctl start "$unit"
`;
}
