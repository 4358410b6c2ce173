/** The page of what `--json` prints, from the schemas of the answers. */
import { answerFormats } from '../../../cli/formats.ts';
import { failureAnswer } from '../../../runtime/answers/failure.ts';
import type { AnswerFormat } from '../../../runtime/answers/format.ts';
import examples from './examples.json' with { type: 'json' };
import { type Field, fieldsOf, withoutRepeats } from './fields.ts';

/** @throws a ZodError for an example that is not of its format. */
export function jsonPage(): string {
  const failure = { format: 'dojang.failure/1', failure: examples.failure };
  return `# Answers as JSON

With \`--json\` a command prints one JSON object to stdout, and its progress to stderr. The first field is \`format\`: the name of the
answer and its version, like \`dojang.plan/1\`. A new version is a field that is removed or renamed, or that means something else. A field
that is added is no new version: readers pass over what they do not know. An answer that is a list is printed as \`items\`. This page is
written by \`npm run docs\` from the schemas in \`scripts/commands/*/answer.ts\`; the examples are shortened.

Amounts and quantities that must be exact are decimal text, as a JSON number would be a binary fraction. A field that is *optional* is
missing where it has no value; null is a value, and the table says what it means.

Exit code 1 comes with a \`failure\`: beside the fields of the answer when the answer itself is a no, like a drift or a refused plan, and
alone, as here, when there is no answer. A command line that is not understood prints its error to stderr, and no JSON:

${json(failureAnswer.parse(failure))}

${table(fieldsOf(failureAnswer))}

Every format below begins with \`format\` and may have \`failure\`; its table has the other fields.

${answerFormats.map(section).join('\n\n')}
`;
}

function section(format: AnswerFormat<unknown>): string {
  const { name, command, about, printed } = format;
  return `## dojang ${command}

\`${name}\`: ${about}

${table(ownFields(format))}

${json(printed.parse({ format: name, ...exampleOf(name) }))}`;
}

/** Without those that every format has. */
export function ownFields({ printed }: AnswerFormat<unknown>): readonly Field[] {
  return fieldsOf(printed).filter(({ path }) => !/^(format|failure)(\.|$)/.test(path));
}

function exampleOf(name: string): object {
  const example = Object.entries(examples.answers).find(([its]) => its === name)?.[1];
  if (!example) throw new Error(`${name} has no example in scripts/dev/docs/json-page/examples.json`);
  return example;
}

function table(fields: readonly Field[]): string {
  const rows = withoutRepeats(fields).map(
    ({ path, optional, type, description }) => `| \`${path}\` | ${optional ? `${type}, optional` : type} | ${description} |`,
  );
  return ['| field | type | meaning |', '| --- | --- | --- |', ...rows].join('\n');
}

const json = (value: unknown) => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
