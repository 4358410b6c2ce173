/**
 * Starts the Pulumi program in a Node.js of its own, with the SDK's own runner and the arguments
 * the official host gives it.
 */
import { createRequire } from 'node:module';
import type { RunRequest } from '@pulumi/pulumi/proto/language_pb.js';
import { processVariables } from '../../io/process/process-environment.ts';
import { type ChildProcess, start } from '../../io/process/processes.ts';

export interface ProgramEnd {
  /** Empty when the program succeeded. */
  readonly error: string;
  /** Whether the program has already printed the error itself. */
  readonly isReported: boolean;
}

/**
 * The runner's exit code after it has logged an error for the operator; see the SDK's `cmd/run`.
 */
const alreadyReported = 32;
const running = new Set<ChildProcess>();

/** Runs the program to its end. Its output is ours, which the engine shows. */
export function runProgram(request: RunRequest, engine: string): Promise<ProgramEnd> {
  const info = request.getInfo();
  const options = info?.getOptions()?.toJavaScript() ?? {};
  const nodeArgs = typeof options.nodeargs === 'string' ? options.nodeargs.split(' ').filter((arg) => arg !== '') : [];
  const runner = createRequire(import.meta.url).resolve('@pulumi/pulumi/cmd/run/index.js');
  const program = info?.getEntryPoint() || request.getProgram() || '.';
  const child = start(process.execPath, [...nodeArgs, runner, ...flags(request, engine), program, ...request.getArgsList()], {
    cwd: info?.getProgramDirectory() || request.getPwd(),
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...processVariables(), ...configuration(request, { typescript: options.typescript === true }) },
  });
  return whenEnded(child);
}

/** Ends the programs that still run, when the engine was cancelled. */
export function endPrograms(): void {
  for (const child of running) child.kill();
}

function flags(request: RunRequest, engine: string): string[] {
  const values = {
    monitor: request.getMonitorAddress(),
    engine,
    organization: request.getOrganization(),
    project: request.getProject(),
    'root-directory': request.getInfo()?.getRootDirectory(),
    stack: request.getStack(),
    pwd: request.getPwd(),
    'dry-run': request.getDryrun() ? 'true' : '',
    parallel: String(request.getParallel()),
  };
  return Object.entries(values).flatMap(([name, value]) => (value ? [`--${name}=${value}`] : []));
}

function configuration(request: RunRequest, { typescript }: { readonly typescript: boolean }): Record<string, string> {
  return {
    PULUMI_CONFIG: JSON.stringify(Object.fromEntries(request.getConfigMap().getEntryList())),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(request.getConfigsecretkeysList()),
    PULUMI_NODEJS_TYPESCRIPT: String(typescript),
  };
}

function whenEnded(child: ChildProcess): Promise<ProgramEnd> {
  running.add(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => {
      running.delete(child);
      if (code === 0) resolve({ error: '', isReported: false });
      else resolve({ error: `the program ended with ${code ?? signal}`, isReported: code === alreadyReported });
    });
  });
}
