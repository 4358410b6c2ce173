/** Comments of a GitLab merge request, with the token and the place that a pipeline is given. */
import { Gitlab } from '@gitbeaker/rest';
import { gitlabComment } from '../../../lib/cost/review/formats/fit.ts';
import { asking, type Comments, type PostedComment, required, type Variables } from './comments.ts';

const setUp =
  'run it in a merge request pipeline, as .gitlab-ci.yml does, with a project access token of scope api in the masked variable GITLAB_TOKEN: the job token may not write comments';
const rights =
  'GITLAB_TOKEN must be a token of the project that the merge request is in, with the scope api and the role Reporter or higher';

interface Note {
  readonly id: number;
  readonly body: string;
  readonly author: { readonly username: string };
}

/** @throws DojangError `no-ci` outside of a merge request pipeline. */
export function gitlabComments(variables: Variables): Comments {
  // The merge request of a fork is in the project that it goes to; CI_PROJECT_ID is where its
  // pipeline runs, which may be the fork.
  const names = ['GITLAB_TOKEN', 'CI_API_V4_URL', 'CI_MERGE_REQUEST_PROJECT_ID', 'CI_MERGE_REQUEST_IID'] as const;
  const { GITLAB_TOKEN, CI_API_V4_URL, CI_MERGE_REQUEST_PROJECT_ID, CI_MERGE_REQUEST_IID } = required(variables, names, setUp);
  const { MergeRequestNotes, Users } = new Gitlab({ host: CI_API_V4_URL.replace(/\/api\/v4\/?$/, ''), token: GITLAB_TOKEN });
  const place = [Number(CI_MERGE_REQUEST_PROJECT_ID), Number(CI_MERGE_REQUEST_IID)] as const;
  const page = `${variables.CI_MERGE_REQUEST_PROJECT_URL ?? ''}/-/merge_requests/${CI_MERGE_REQUEST_IID}`;
  const posted = ({ id, body, author }: Note): PostedComment => ({ id, body, author: author.username, url: `${page}#note_${id}` });
  const ask = <T>(work: () => Promise<T>) => asking('GitLab', rights, work);
  return {
    limit: gitlabComment,
    self: () => ask(async () => (await Users.showCurrentUser()).username),
    list: () => ask(async () => (await MergeRequestNotes.all(...place, { sort: 'asc', orderBy: 'created_at' })).map(posted)),
    add: (body) => ask(async () => posted(await MergeRequestNotes.create(...place, body))),
    update: (id, body) => ask(async () => posted(await MergeRequestNotes.edit(...place, id, { body }))),
  };
}
