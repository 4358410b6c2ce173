/** Comments of a GitHub pull request, with the token and the place that a workflow is given. */
import { readFileSync } from 'node:fs';
import { Octokit } from '@octokit/rest';
import { githubComment } from '../../../lib/cost/review/formats/fit.ts';
import { DojangError } from '../../../lib/errors/dojang-error.ts';
import { asking, type Comments, type PostedComment, required, type Variables } from './comments.ts';

const setUp = 'run it in a workflow on pull_request with GITHUB_TOKEN in env, as .github/workflows/review.yml does';
const rights = 'give the job permissions: pull-requests: write; a fork has no token that may write, so leave --post out for it';

/**
 * `GITHUB_API_URL` may point at GitHub Enterprise.
 * @throws DojangError `no-ci` outside of a workflow on a pull request.
 */
export function githubComments(variables: Variables): Comments {
  const { GITHUB_TOKEN, GITHUB_REPOSITORY } = required(variables, ['GITHUB_TOKEN', 'GITHUB_REPOSITORY'], setUp);
  const [owner = '', repo = ''] = GITHUB_REPOSITORY.split('/');
  const place = { owner, repo, issue_number: pullRequestOf(variables) };
  const { rest, paginate, graphql } = new Octokit({ auth: GITHUB_TOKEN, baseUrl: variables.GITHUB_API_URL, log: silent });
  const ask = <T>(work: () => Promise<T>) => asking('GitHub', rights, work);
  return {
    limit: githubComment,
    // Not `GET /user`: it does not answer the token of a workflow, nor that of any app.
    self: () => ask(async () => (await graphql<{ readonly viewer: { readonly login: string } }>('{ viewer { login } }')).viewer.login),
    list: () => ask(async () => (await paginate(rest.issues.listComments, { ...place, per_page: 100 })).map(posted)),
    add: (body) => ask(async () => posted((await rest.issues.createComment({ ...place, body })).data)),
    update: (id, body) => ask(async () => posted((await rest.issues.updateComment({ owner, repo, comment_id: id, body })).data)),
  };
}

interface IssueComment {
  readonly id: number;
  readonly body?: string;
  readonly html_url: string;
  /** Null when the account is gone. */
  readonly user: { readonly login: string } | null;
}

function posted({ id, body, html_url, user }: IssueComment): PostedComment {
  return { id, body: body ?? '', author: user?.login, url: html_url };
}

/** The event that started the workflow knows its number; so does the ref of the merge commit. */
function pullRequestOf({ GITHUB_EVENT_PATH, GITHUB_REF }: Variables): number {
  const event = GITHUB_EVENT_PATH ? (JSON.parse(readFileSync(GITHUB_EVENT_PATH, 'utf8')) as { pull_request?: { number?: number } }) : {};
  const number = event.pull_request?.number ?? Number(/^refs\/pull\/(\d+)\//.exec(GITHUB_REF ?? '')?.[1]);
  if (Number.isSafeInteger(number)) return number;
  throw new DojangError('no-ci', 'this workflow was not started by a pull request', { next: setUp });
}

/** Octokit logs nothing: each failure is reported once, by our own error. */
const nothing = () => undefined;
const silent = { debug: nothing, info: nothing, warn: nothing, error: nothing };
