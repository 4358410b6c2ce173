/** A recipe as one bash script that needs nothing on the host but bash and the coreutils. */
import { paths } from '../paths.ts';
import { parametersIn } from '../services/secret-tool.ts';
import { bashFunctions } from './bash-functions.ts';
import { quoted, text } from './bash-template.ts';
import { lines } from './files.ts';
import { type RunPaths, runner, runPaths } from './runner.ts';
import type { HostHandler, HostRecipe, HostStep } from './step.ts';

export type RunMode = 'check' | 'apply';

/** How long a run waits for another one on the same host. */
const lockSeconds = 120;

/**
 * The script that checks a host or puts it right. What it prints is for `stepResults`. It may be
 * ended anywhere: the next run takes up what was left, and handlers that were due are still run.
 */
export function renderRecipe(recipe: HostRecipe, mode: RunMode, at: RunPaths = runPaths): string {
  return lines(
    preamble(recipe, mode, at),
    bashFunctions,
    runner,
    ...recipe.steps.map(stepFunctions),
    ...recipe.handlers.map(handlerFunction),
    main(recipe),
  ).concat('\n');
}

/**
 * The longest that a run may take. A step and a handler are limited by themselves; all of them are
 * never slow at once.
 */
export function limitOf(recipe: HostRecipe, mode: RunMode): number {
  return mode === 'check'
    ? 300 + lockSeconds
    : 600 + lockSeconds + Math.max(0, ...[...recipe.steps, ...recipe.handlers].map(({ limitSeconds }) => limitSeconds));
}

function preamble({ host }: HostRecipe, mode: RunMode, { work, state, log, secretTool = `${paths.tools}/secret` }: RunPaths): string {
  return text`
    #!/usr/bin/env bash
    # What the ${host} host must look like. Written by dojang provision.
    set -uo pipefail
    # Each step is a job with a process group of its own.
    set -m
    cd /
    export LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
    export HOME=/root PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
    mode=${mode} work=${quoted(work)} state_folder=${quoted(state)} log=${quoted(log)} secret_tool=${quoted(secretTool)}
  `;
}

function stepFunctions({ id, title, definitions, check, apply }: HostStep): string {
  const name = functionName(id);
  return lines('', `# ${title}`, definitions, `check_${name}() {\n${body(check)}\n}`, `apply_${name}() {\n${body(apply)}\n}`);
}

function handlerFunction({ id, title, run }: HostHandler): string {
  return lines('', `# ${title}`, `handle_${functionName(id)}() {\n${body(run)}\n}`);
}

/** A function of bash can't be empty. */
function body(script: string): string {
  return script.trim() === '' ? ':' : script;
}

/**
 * Reads all secrets at once into memory, for root alone, and removes them however the run ends.
 * Where that fails each step asks for its own, as on the first run, when the machine has no reader
 * yet.
 */
function fetchSecrets(steps: readonly HostStep[]): string {
  const names = parametersIn(steps.map(({ definitions, check, apply }) => definitions + check + apply).join('\n'));
  if (names.length === 0) return '';
  return text`
    export SECRETS_READ="$work/secrets-read"
    trap 'rm -f "$SECRETS_READ"' EXIT
    (umask 077 && : >"$SECRETS_READ")
    [ ! -x "$secret_tool" ] || limited 60 "$secret_tool" fetch ${names.map(quoted).join(' ')} >"$SECRETS_READ" 2>/dev/null || : >"$SECRETS_READ"
  `.replaceAll(/^/gm, '  ');
}

/** The whole script is read before it begins, so that nothing in it can eat the rest from stdin. */
function main({ steps, handlers }: HostRecipe): string {
  const calls = [
    ...steps.map(({ id, limitSeconds, notifies }) => `step ${[id, functionName(id), limitSeconds, ...notifies].join(' ')}`),
    ...handlers.map(({ id, limitSeconds }) => `handler ${[id, functionName(id), limitSeconds].join(' ')}`),
  ];
  return text`

    main() {
      umask 022
      (umask 077 && mkdir -p "$work" "$state_folder/pending" "$(dirname "$log")" && touch "$log") || return
      exec 9>"$state_folder/lock"
      if ! flock -w ${lockSeconds} 9; then
        printf 'end\tbusy\n'
        return 75
      fi
      rm -f "$work"/*
    ${fetchSecrets(steps)}
    ${calls.map((call) => `  ${call}`).join('\n')}
      rm -f "$work"/*
      printf 'end\t%s\n' "$mode"
    }

    main </dev/null
  `;
}

function functionName(id: string): string {
  return id.replaceAll(/\W/g, '_');
}
