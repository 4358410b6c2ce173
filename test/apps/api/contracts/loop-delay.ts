/** Loaded into a process before its program: writes on SIGUSR2 how long its event loop was held at most since the last time, in milliseconds. */
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const file = process.env.LOOP_DELAY_FILE;
if (file) {
  process.on('SIGUSR2', () => {
    writeFileSync(`${file}.new`, String(delay.max / 1e6));
    renameSync(`${file}.new`, file);
    delay.reset();
  });
}
