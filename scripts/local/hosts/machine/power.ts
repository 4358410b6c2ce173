/** Pulling the plug of a host, to see what the service does without it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import type { HostName } from '../../../../lib/ports/host-shell.ts';
import { remove } from '../../../io/state.ts';
import { filesOf } from '../files.ts';
import { kick } from './ready.ts';

/** The host is powered off and stays so, whatever its cloud says, until `plug`. */
export function unplug(folder: string, host: HostName): void {
  const { home, unplugged } = filesOf(folder, host);
  mkdirSync(home, { recursive: true });
  writeFileSync(unplugged, '');
  kick(folder);
}

export function plug(folder: string, host: HostName): void {
  remove(filesOf(folder, host).unplugged);
  kick(folder);
}
