/** Answers of commands go through their schemas, so that docs/json.md cannot lag behind. */
import { answerText, mismatchOf } from '../../scripts/cli/answer-text.ts';
import { answerFormats } from '../../scripts/cli/formats.ts';
import type { Outcome } from '../../scripts/runtime/outcome.ts';

/**
 * The outcome as it was given. @throws DojangError `answer-mismatch` where `--json` would print a
 * field that its format does not have, or lacks one.
 */
export function checked<Some extends Outcome<unknown>>(outcome: Some): Some {
  const mismatch = mismatchOf(outcome.format, answerText(outcome));
  if (mismatch) throw mismatch;
  return outcome;
}

/** Reads what was printed with `--json`, by the format that it names. @throws as `checked`. */
export function readAnswer(text: string): unknown {
  const answer = JSON.parse(text) as { format?: string };
  const format = answerFormats.find(({ name }) => name === answer.format);
  if (!format) throw new Error(`no format ${answer.format}`);
  const mismatch = mismatchOf(format, text);
  if (mismatch) throw mismatch;
  return answer;
}
