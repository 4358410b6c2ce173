/** The verb `review`: a pull request's comment and its gate. */
import { type Command, Option } from 'commander';
import { processVariables } from '../io/process/process-environment.ts';
import type { Comments } from '../io/rest/comments.ts';
import { printAnswer, withAnswer } from './run-verb.ts';

interface Flags {
  readonly base: string;
  readonly head?: string;
  readonly env?: readonly string[];
  readonly format: 'markdown' | 'json' | 'sarif' | 'junit';
  readonly usage?: string;
  readonly output?: string;
  readonly post?: 'github' | 'gitlab';
  readonly json?: boolean;
}

export function addReview(program: Command): void {
  withAnswer(
    program
      .command('review')
      .description('what a change does to the bill, the machines and the data; exit code 1 when a policy refuses it'),
  )
    .requiredOption('--base <revision>', 'what it is compared with: a branch, tag or commit')
    .option('--head <revision>', 'the change; the working tree when it is left out')
    .option('-e, --env <name...>', 'only these environments; else every one with a plan, but not the embedded one')
    .addOption(new Option('--format <format>', 'of the text').choices(['markdown', 'json', 'sarif', 'junit']).default('markdown'))
    .option('--usage <file>', 'what is used in a month (YAML or JSON); else what the service is designed for')
    .option('-o, --output <file>', 'write the text there; its lists are whole, those of a comment short')
    .addOption(new Option('--post <forge>', 'as one comment, with the token and place of the CI').choices(['github', 'gitlab']))
    .addHelpText(
      'after',
      `
It reads plans/<env>.json and prices/ of both revisions: no cloud, no
credentials, nothing is built. It runs dojang.config.ts of both revisions, so
that of the change too: in a process that sees no variables and no hidden files.`,
    )
    .action(async (flags: Flags) => {
      const [{ review }, { reviewPorts }] = await Promise.all([
        import('../commands/review/review.ts'),
        import('../commands/review/ports.ts'),
      ]);
      const comments = flags.post && (await commentsOf(flags.post));
      const ports = await reviewPorts({ base: flags.base, head: flags.head, usage: flags.usage, comments });
      const options = { environments: flags.env ?? [], format: flags.format, output: flags.output };
      printAnswer(await review(options, ports), flags);
    });
}

async function commentsOf(forge: 'github' | 'gitlab'): Promise<Comments> {
  if (forge === 'github') return (await import('../io/rest/github.ts')).githubComments(processVariables());
  return (await import('../io/rest/gitlab.ts')).gitlabComments(processVariables());
}
