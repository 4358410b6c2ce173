/**
 * Failures of Google, of the engine and of its backend in our words, with what to do about them.
 */
import { enableApisCommand } from '../../../../lib/config/google-apis.ts';
import { DojangError, messageOf } from '../../../../lib/errors/dojang-error.ts';
import { nameOf } from './urn.ts';

/** The engine refused or failed; `errors` are its own words, one text for each fault. */
export class EngineFailed extends DojangError {
  readonly errors: readonly string[];
  /** The errors that say what was wrong: without the engine's closing `update failed`. */
  readonly faults: readonly string[];

  constructor(errors: readonly string[], cause: unknown) {
    const faults = errors.filter((error) => !/^(update|preview|refresh|destroy|import) failed$/.test(error));
    const guarded = protectedIn(faults);
    if (guarded.length > 0)
      super('gcp-protected', `GCP: ${guarded.join(', ')} would be replaced or deleted`, protectedDetails(guarded, cause));
    else super('gcp-failed', `GCP: ${faults[0] ?? reasonOf(cause)}`, failedDetails(faults, cause));
    this.errors = errors;
    this.faults = faults;
  }
}

/** Names of the resources that the engine's protection has saved from these faults. */
export function protectedIn(errors: readonly string[]): string[] {
  const faults = errors.filter((text) => text.includes('`protect` flag'));
  return [...new Set(faults.flatMap((text) => /"(urn:pulumi:[^"]+)"/.exec(text)?.[1] ?? []).map(nameOf))];
}

function protectedDetails(names: readonly string[], cause: unknown) {
  const why = 'They hold data, an address or the machine.';
  return { why, next: `if that is meant, dojang up ${names.map((name) => `--approve ${name}`).join(' ')}`, cause };
}

function failedDetails(errors: readonly string[], cause: unknown) {
  return { why: errors.slice(1).join('\n  ') || undefined, next: nextFor(`${errors.join('\n')}\n${messageOf(cause)}`), cause };
}

/**
 * Does what asks Google or the backend of the engine.
 * @throws DojangError: what is thrown as one, and `gcp-failed` for the rest; a fault of our own
 *   stays as it is.
 */
export async function explainFailure<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof DojangError || cause instanceof TypeError || cause instanceof ReferenceError) throw cause;
    throw new DojangError('gcp-failed', `GCP: ${errorLine(messageOf(cause)) ?? firstLine(messageOf(cause))}`, {
      next: nextFor(messageOf(cause)),
      cause,
    });
  }
}

const remedies: readonly (readonly [RegExp, string])[] = [
  [/PULUMI_ACCESS_TOKEN|pulumi login/, 'pulumi login <where the state is, like gs://bucket>, or set PULUMI_BACKEND_URL'],
  [/PULUMI_CONFIG_PASSPHRASE|incorrect passphrase/, 'set PULUMI_CONFIG_PASSPHRASE to the passphrase of the stack'],
  [
    /default credentials|google credentials|invalid_grant|invalid_rapt|\bError 401\b|UNAUTHENTICATED/i,
    'gcloud auth application-default login',
  ],
  [/requires a quota project/, 'gcloud auth application-default set-quota-project <project>'],
  [/has not been used in project \S+ before or it is disabled/, enableApisCommand('<project>')],
];

/** What to do about a failure with these words. */
export function nextFor(text: string): string {
  const [, remedy] = remedies.find(([words]) => words.test(text)) ?? [];
  return `${remedy ?? 'correct what it says'}; then run the same command again`;
}

/** For an engine that ended before it could say anything, killed for example. */
function reasonOf(cause: unknown): string {
  const text = messageOf(cause);
  return errorLine(text) ?? `the Pulumi engine ended without a reason (${firstLine(text)})`;
}

/** The line that names the error in the output of a command. */
function errorLine(text: string): string | undefined {
  const line = text.split('\n').find((one) => /error/.test(one));
  return line?.replace(/^\s*(stderr:\s*)?(error:\s*)?/, '').trim();
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.trim() ?? '';
}
