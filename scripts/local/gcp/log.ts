/**
 * The log of the embedded GCP, in the same form as that of the hosts, so that both can be read side
 * by side.
 */
export function log(line: string): void {
  process.stderr.write(`${new Date().toISOString()} ${line}\n`);
}
