/** Lines of a unit's `[Service]` that all our units share, of the applications as of packages. */
import { text } from '../bash/bash-template.ts';

/** Nothing of it needs a mount namespace. */
export const processSandbox = text`
  NoNewPrivileges=yes
  RestrictNamespaces=yes
  RestrictRealtime=yes
  RestrictSUIDSGID=yes
  LockPersonality=yes
  KeyringMode=private
  SystemCallArchitectures=native
  SystemCallErrorNumber=EPERM
`;

/** File systems of the unit's own, and nothing of the kernel to change. */
export const fileSystemSandbox = text`
  ProtectSystem=strict
  ProtectHome=yes
  PrivateTmp=yes
  ProtectProc=invisible
  ProtectClock=yes
  ProtectHostname=yes
  ProtectKernelLogs=yes
  ProtectKernelModules=yes
  ProtectKernelTunables=yes
  ProtectControlGroups=yes
`;
