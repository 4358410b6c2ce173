/** The rows that a command prints while it works, as they are on a pipe. */
import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import service from '../../../../dojang.config.ts';
import { environmentOf } from '../../../../lib/config/environment.ts';
import type { HostShell } from '../../../../lib/ports/host-shell.ts';
import { preflight } from '../../../../scripts/commands/preflight/preflight.ts';
import { provision } from '../../../../scripts/commands/provision/provision.ts';
import { wire } from '../../../../scripts/commands/wire/wire.ts';
import { terminal } from '../../../../scripts/io/terminal/terminal.ts';
import { localFacts } from '../../../lib/host/recipes.ts';
import { portsWith } from '../../../lib/ports/preflight.ts';
import { MemoryClouds } from '../../memory-clouds.ts';

const environment = environmentOf(service, 'local');
const options = { dryRun: false, approve: [] };

/** A terminal that is a pipe, and what was printed on it. */
function piped() {
  const stream = new PassThrough();
  const report = terminal({ out: stream as unknown as NodeJS.WriteStream, progress: stream as unknown as NodeJS.WriteStream });
  return { context: { environment, report, options }, printed: () => String(stream.read() ?? '') };
}

describe('a row whose answer is a no', () => {
  it('has the mark of a failure after a preflight with faults, and none where all checks pass', async () => {
    const { context, printed } = piped();
    await preflight(context, { preflight: portsWith({ aws: { optIn: async () => 'not-opted-in' } }) });
    expect(printed()).toMatch(/^ {2}✗ preflight .* 1 of 18 failed$/m);
    await preflight(context, { preflight: portsWith() });
    expect(printed()).toMatch(/^ {2}✓ preflight .* 18 of 18 checks passed$/m);
  });

  it('has it after provision --check that found a difference, and not after provision that has repaired it', async () => {
    const found = (text: string): HostShell => ({
      whenReady: async () => undefined,
      run: async () => ({ code: 0, stdout: text, stderr: '' }),
    });
    const run = (check: boolean, text: string, context: Parameters<typeof provision>[0]) =>
      provision(context, async () => ({ shell: found(text), facts: localFacts }), { check, only: ['aws'] });
    const { context, printed } = piped();
    await run(true, 'step\tswap\tdiffers\tno swap\nend\tcheck\n', context);
    expect(printed()).toMatch(/^ {2}✗ provision aws .* 1 differs$/m);
    await run(false, 'step\tswap\tchanged\tno swap\nend\tapply\n', context);
    expect(printed()).toMatch(/^ {2}✓ provision aws .* 1 changed$/m);
  });

  it('has it after wire --check that found a difference', async () => {
    const memory = new MemoryClouds(environment);
    memory.deployRules();
    memory.rules = [];
    const { context, printed } = piped();
    await wire(context, memory.clouds(), { check: true, rotate: [] });
    expect(printed()).toMatch(/^ {2}✗ wire /m);
  });
});
