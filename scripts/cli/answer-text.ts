/**
 * What `--json` prints. Schemas come with the answers of the commands: this loads none, so that
 * help is instant.
 */
import { DojangError, messageOf } from '../../lib/errors/dojang-error.ts';
import type { Failure, FailureAnswer } from '../runtime/answers/failure.ts';
import type { AnswerFormat } from '../runtime/answers/format.ts';
import type { Outcome } from '../runtime/outcome.ts';

/** The name of the format, the failure if there is one, and the data; a list as `items`. */
export function answerText<T>({ format, data, failure }: Outcome<T>): string {
  const head = { format: format.name, ...(failure && { failure: failureOf(failure) }) };
  return jsonText(Array.isArray(data) ? { ...head, items: data } : { ...head, ...data });
}

/** What is printed when a command ends without an answer. */
export function failureText(error: unknown): string {
  return jsonText({ format: 'dojang.failure/1', failure: failureOf(error) } satisfies FailureAnswer);
}

/** Where a printed answer differs from its schema: an error that names the first such field. */
export function mismatchOf<T>({ name, printed }: AnswerFormat<T>, text: string): DojangError | undefined {
  const [issue] = printed.safeParse(JSON.parse(text)).error?.issues ?? [];
  if (!issue) return undefined;
  return new DojangError('answer-mismatch', `the answer is not ${name} at ${issue.path.join('.') || 'its top'}: ${issue.message}`, {
    why: 'It was printed whole; a program that relies on docs/json.md may not be able to read it.',
    next: 'report it: it is an error of dojang',
  });
}

const jsonText = (value: object) => JSON.stringify(value, null, 2);

function failureOf(error: unknown): Failure {
  const { code, why, next } = error instanceof DojangError ? error : { code: 'unexpected' as const, why: undefined, next: undefined };
  return { code, message: messageOf(error).split('\n')[0] ?? '', why, next };
}
