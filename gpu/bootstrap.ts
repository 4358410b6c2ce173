/**
 * What the machine runs at every boot. Small and stable: the host recipe does the rest through
 * Systems Manager, so that changing what a host looks like never touches the machine's definition.
 */
export const bootstrap = `#!/bin/sh
set -eu
install -d -m 0755 /opt/dojang /var/lib/dojang
# An image that updates its kernel by itself loses the driver that was built for the old one.
systemctl disable --now unattended-upgrades.service 2>/dev/null || true
date -u +%Y-%m-%dT%H:%M:%SZ > /var/lib/dojang/booted
`;
