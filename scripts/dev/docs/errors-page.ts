/** The page of the codes of errors. */
import { errorCodes } from '../../../lib/errors/codes.ts';

export function errorsPage(): string {
  const rows = Object.entries(errorCodes).map(([code, text]) => `| \`${code}\` | ${text} |`);
  return `# Errors

Each error of \`dojang\` says what was wrong, why it matters and what to do next, and ends the command with exit code 1. With \`--json\`
it is the \`failure\` of [json.md](json.md), where \`code\` is one of these; \`--verbose\` adds the stack. Codes are
stable: scripts may test them. This page is written by \`npm run docs\` from \`lib/errors/codes.ts\`.

| code | meaning |
| --- | --- |
${rows.join('\n')}
`;
}
