/** A command that waits in two tasks until a signal ends it; its words are the arguments. */
import { namingInterruption } from '../../../scripts/cli/interruption.ts';
import { terminal } from '../../../scripts/io/terminal/terminal.ts';

const report = terminal({ out: process.stdout, progress: process.stdout });
const never = () => new Promise<void>(() => setInterval(() => undefined, 1000));

await namingInterruption({ words: process.argv.slice(2), report, errors: process.stderr }, async (named) => {
  await named.task('network', async () => undefined);
  const both = [named.task('aws addresses', never), named.task('gcp machine', never)];
  process.stdout.write('waiting\n');
  await Promise.all(both);
});
