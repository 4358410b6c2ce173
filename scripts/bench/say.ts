/** Where a benchmark's figures go. */

export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
