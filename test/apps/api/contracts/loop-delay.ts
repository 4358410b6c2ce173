/**
 * Loaded into a process before its program: writes on SIGUSR2 how long its event loop was held at
 * most since the last time, and how much time of the processor the main thread took for it, which a
 * busy machine does not change; both in milliseconds.
 */
import { renameSync, writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';

const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
let cpuMs = 0;
let last = process.threadCpuUsage();
/** Of the turn of the loop that ends. A timer that is due comes once in each turn. */
const turn = () => {
  const now = process.threadCpuUsage();
  cpuMs = Math.max(cpuMs, (now.user + now.system - last.user - last.system) / 1000);
  last = now;
};
setInterval(turn, 1).unref();
const file = process.env.LOOP_DELAY_FILE;
if (file) {
  process.on('SIGUSR2', () => {
    writeFileSync(`${file}.new`, JSON.stringify({ heldMs: delay.max / 1e6, cpuMs }));
    renameSync(`${file}.new`, file);
    delay.reset();
    cpuMs = 0;
  });
}
