/**
 * Whatever machine a configuration names, what contracts can take at one time fits the unit of the
 * AI server.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { gcpMachine, type MachineType } from '../../../../lib/config/machines.ts';
import { renderRecipe } from '../../../../lib/host/bash/render.ts';
import { hostRecipe } from '../../../../lib/host/recipe.ts';
import { aiMemory, requestMebibytes, requestsAtOnce, takenAtMost } from '../../../../lib/host/services/ai-memory.ts';
import { Size } from '../../../../lib/values/size.ts';
import { cases, prod, prodFacts } from '../recipes.ts';

const machines = Array.from({ length: 128 }, (_, index) => gcpMachine(`n1-standard-${index + 1}`)).filter(
  (machine) => machine !== undefined,
);
/** What a script writes after this name, once for each time. */
const written = (script: string, name: string) =>
  [...script.matchAll(new RegExp(`^${name}="?(\\d+)"?M?$`, 'gm'))].map(([, value]) => Number(value));

describe('the memory of the AI server', () => {
  it('adds up on every machine type that the configuration knows', () => {
    expect(machines.map(({ name }) => name)).toEqual([1, 2, 4, 8, 16, 32, 64, 96].map((vcpus) => `n1-standard-${vcpus}`));
    for (const machine of machines) {
      const memory = aiMemory(machine);
      expect(memory.concurrency, machine.name).toBeGreaterThan(0);
      expect(takenAtMost(memory), machine.name).toBeLessThanOrEqual(memory.unit);
      expect(memory.unit, machine.name).toBeLessThanOrEqual(machine.memory.mib * 0.7);
    }
  });

  it('lets four analyses run on the machine of the reference service, and no more than its memory allows on a smaller one', () => {
    const figures = (machine: MachineType) => [
      machine.name,
      aiMemory(machine).concurrency,
      takenAtMost(aiMemory(machine)),
      aiMemory(machine).unit,
    ];
    expect(machines.slice(0, 3).map(figures)).toEqual([
      ['n1-standard-1', 1, 2044, 2688],
      ['n1-standard-2', 4, 5364, 5376],
      ['n1-standard-4', 8, 10052, 10752],
    ]);
  });

  it('counts every request that the AI server admits, and admits all that the API sends', () => {
    for (const machine of machines) {
      const { concurrency, queue, server } = aiMemory(machine);
      expect(concurrency + queue, machine.name).toBeGreaterThanOrEqual(requestsAtOnce(concurrency));
      expect(server - requestMebibytes * (concurrency + queue), machine.name).toBe(64 + 108 + 64);
    }
    expect(machines.slice(0, 3).map((machine) => aiMemory(machine).queue)).toEqual([3, 2, 10]);
  });

  it('is what the test of the server itself measures against', () => {
    const test = readFileSync(new URL('../../../apps/ai/test_memory.py', import.meta.url), 'utf8');
    const { concurrency, queue, server } = aiMemory(machines[1] as MachineType);
    expect(test).toContain(`"AI_CONCURRENCY": "${concurrency}", "AI_QUEUE": "${queue}", "MAX_BYTES": "${requestMebibytes * 1024 * 1024}"`);
    expect(test).toContain(`SERVER_MIB = ${server}\n`);
    expect(test).toContain(`AT_ONCE = ${concurrency + queue}\n`);
  });

  it('is refused for a machine that cannot carry one analysis', () => {
    const small = { name: 'n1-small', vcpus: 1, memory: Size.mib(2048), architecture: 'x86_64' } as const;
    expect(() => aiMemory(small)).toThrowError(expect.objectContaining({ code: 'too-little-memory' }));
  });

  it.each(cases.filter(({ recipe }) => recipe.host === 'gcp'))('is what the recipe sets: $name', ({ recipe, environment }) => {
    const script = renderRecipe(recipe, 'apply');
    const [machine] = machines.filter(({ name }) => name === environment.gcp.machine);
    const [unit] = written(script, 'MemoryMax');
    const [concurrency = 0] = written(script, 'AI_CONCURRENCY');
    const [queue] = written(script, 'AI_QUEUE');
    const [worker = 0] = written(script, 'AI_WORKER_MEMORY_MIB');
    const [program = 0] = written(script, 'AI_PROGRAM_MEMORY_MIB');
    expect(machine && aiMemory(machine)).toMatchObject({ unit, concurrency, queue });
    expect(written(script, 'MAX_BYTES')).toEqual([requestMebibytes * 1024 * 1024]);
    expect(machine && takenAtMost({ ...aiMemory(machine), concurrency, worker, program })).toBeLessThanOrEqual(unit ?? 0);
  });

  it.each(cases.filter(({ recipe }) => recipe.host === 'aws'))(
    'the API sends one more than are worked on: $name',
    ({ recipe, environment }) => {
      const [machine] = machines.filter(({ name }) => name === environment.gcp.machine);
      expect(written(renderRecipe(recipe, 'apply'), 'AI_CONCURRENCY')).toEqual([machine && requestsAtOnce(aiMemory(machine).concurrency)]);
    },
  );

  it('leaves room for the bodies that nginx keeps on the same machine', () => {
    for (const machine of machines) {
      const environment = { ...prod, gcp: { ...prod.gcp, machine: machine.name } };
      const script = renderRecipe(hostRecipe(environment, 'gcp', prodFacts), 'apply');
      const temporary = Number(/size=(\d+)k/.exec(script)?.[1]) / 1024;
      const { unit, concurrency } = aiMemory(machine);
      expect(temporary, machine.name).toBeGreaterThanOrEqual(requestMebibytes * requestsAtOnce(concurrency));
      expect(script, machine.name).toContain(`client_max_body_size ${requestMebibytes}m;`);
      expect(unit + temporary, machine.name).toBeLessThan(machine.memory.mib * 0.85);
    }
  });

  it('is what the AI server takes without a recipe', () => {
    const settings = readFileSync(new URL('../../../../apps/ai/dojang_ai/settings.py', import.meta.url), 'utf8');
    const standard = (variable: string) =>
      Number(new RegExp(`Field\\(([\\d_]+), alias="${variable}"`).exec(settings)?.[1]?.replace('_', ''));
    expect(settings).toContain(`Field(${aiMemory(machines[1] as MachineType).queue}, alias="AI_QUEUE"`);
    expect(settings).toContain(`Field(${requestMebibytes} * MIB, alias="MAX_BYTES"`);
    const { concurrency, worker, program } = aiMemory(machines[1] as MachineType);
    expect([standard('AI_CONCURRENCY'), standard('AI_WORKER_MEMORY_MIB'), standard('AI_PROGRAM_MEMORY_MIB')]).toEqual([
      concurrency,
      worker,
      program,
    ]);
  });
});
