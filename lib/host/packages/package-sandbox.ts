/** What the units of packages are shut in by. What each may keep, and why: docs/hosts.md. */
import { text } from '../bash/bash-template.ts';
import { nginxTemporary } from '../nginx/temporary.ts';
import { fileSystemSandbox, processSandbox } from '../services/sandbox.ts';
import { noMetadata } from '../system/metadata-address.ts';

const common = text`
  ${processSandbox}
  MemoryDenyWriteExecute=yes
  DevicePolicy=closed
`;

/**
 * nginx begins as root: it binds 80 and 443, reads keys, opens logs that belong to www-data, and
 * gives its workers away to that user. The workers have no capability at all. Its PID file lies in
 * /run itself, where the package's own scripts look for it.
 */
export const nginxSandbox = text`
  ${common}
  ${fileSystemSandbox}
  CapabilityBoundingSet=CAP_NET_BIND_SERVICE CAP_SETUID CAP_SETGID CAP_CHOWN CAP_DAC_OVERRIDE CAP_KILL
  UMask=0027
  ReadWritePaths=/run /var/log/nginx ${nginxTemporary} -/var/lib/nginx
  PrivateDevices=yes
  ProcSubset=pid
  RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
  SystemCallFilter=@system-service
  SystemCallFilter=~@clock @cpu-emulation @debug @keyring @module @mount @obsolete @raw-io @reboot @swap
  ${noMetadata}
`;

/**
 * No option here gives MySQL file systems of its own (ProtectSystem, PrivateTmp and the like):
 * Ubuntu's AppArmor profile, which already says what it may open, does not know the paths that it
 * then sees, and MySQL can no longer notify systemd that it has started.
 * https://github.com/systemd/systemd/issues/40165, https://github.com/systemd/systemd/issues/4774
 */
export const mysqlSandbox = text`
  # The check before the start runs as mysql too: without capabilities, root could not read what
  # belongs to mysql.
  PermissionsStartOnly=no
  ${common}
  CapabilityBoundingSet=
  AmbientCapabilities=
  UMask=0027
  RemoveIPC=yes
  RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
  SystemCallFilter=@system-service
  SystemCallFilter=~@privileged @resources
  IPAddressDeny=any
  IPAddressAllow=localhost
`;
