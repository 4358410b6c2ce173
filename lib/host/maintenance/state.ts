/** What the program on the host prints of the maintenance page, read back. */

export interface MaintenanceState {
  readonly on: boolean;
  /** ISO 8601 in UTC, by the clock of the host. */
  readonly since?: string;
  /** `kim on laptop`. */
  readonly by?: string;
  readonly reason?: string;
}

const keys = ['since', 'by', 'reason'] as const satisfies readonly (keyof MaintenanceState)[];

/** Undefined for what the program did not print. */
export function maintenanceState(stdout: string): MaintenanceState | undefined {
  const [word, ...lines] = stdout.split('\n');
  if (word === 'off') return { on: false };
  if (word !== 'on') return undefined;
  const given = lines.flatMap((line) => {
    const [key = '', value = ''] = line.split('\t');
    return (keys as readonly string[]).includes(key) && value !== '' ? [[key, value]] : [];
  });
  return { on: true, ...Object.fromEntries(given) };
}

/** `on since 2026-11-28T14:32:00Z, by kim on laptop: a larger disk`. */
export function maintenanceText({ on, since, by, reason }: MaintenanceState): string {
  if (!on) return 'off';
  return `on${since ? ` since ${since}` : ''}${by ? `, by ${by}` : ''}${reason ? `: ${reason}` : ''}`;
}
