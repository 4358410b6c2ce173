/** One comment a pull request, on both forges, over their REST interfaces. */
import { afterEach, describe, expect, it } from 'vitest';
import { commentOf, marker } from '../../../../lib/cost/review/formats/comment.ts';
import { postSticky } from '../../../../scripts/commands/review/sticky-comment.ts';
import type { Comments, Variables } from '../../../../scripts/io/rest/comments.ts';
import { githubComments } from '../../../../scripts/io/rest/github.ts';
import { gitlabComments } from '../../../../scripts/io/rest/gitlab.ts';
import { prices, reviewed, usual, volume } from '../../../lib/cost/review/small.ts';
import { type Forge, otherAuthor, self, startForge, token } from './forge.ts';

const forges: readonly (readonly [string, (variables: Variables) => Comments, (url: string) => Variables])[] = [
  [
    'GitHub',
    githubComments,
    (url) => ({ GITHUB_API_URL: url, GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'team/shop', GITHUB_REF: 'refs/pull/7/merge' }),
  ],
  [
    'GitLab',
    gitlabComments,
    // Of a fork, whose pipeline runs in the fork: project 99.
    (url) => ({
      CI_API_V4_URL: `${url}/api/v4`,
      GITLAB_TOKEN: token,
      CI_PROJECT_ID: '99',
      CI_MERGE_REQUEST_PROJECT_ID: '12',
      CI_MERGE_REQUEST_IID: '7',
    }),
  ],
];

const others = ['looks good', `> ${marker}\nwhat is this?`, 'ping'];
const text = (about: string) => `${marker}\n\n### ${about}\n`;
let forge: Forge;
afterEach(() => forge.close());

describe.each(forges)('%s', (name, commentsOf, variables) => {
  const start = async (before: readonly string[]) => {
    forge = await startForge(before);
    return commentsOf(variables(forge.url));
  };
  const post = (comments: Comments, body: string, add = true) => postSticky(comments, { marker, body, add });

  it('adds one comment, brings it up to date, and leaves it when nothing is new', async () => {
    const comments = await start(others);
    expect(await post(comments, text('first'))).toMatchObject({ did: 'added' });
    expect(await post(comments, text('second'))).toMatchObject({ did: 'updated' });
    expect(await post(comments, text('second'))).toMatchObject({ did: 'left as it is' });
    expect(forge.comments.map(({ body }) => body)).toEqual([...others, text('second')]);
    expect(forge.written).toHaveLength(2);
  });

  it('leaves the comment of another author that begins like ours, and adds and keeps one of our own', async () => {
    const comments = await start([text('nothing to see here')]);
    expect(await post(comments, text('first'))).toMatchObject({ did: 'added' });
    expect(await post(comments, text('second'))).toMatchObject({ did: 'updated' });
    expect(forge.comments).toEqual([
      { id: 1, author: otherAuthor, body: text('nothing to see here') },
      { id: 2, author: self, body: text('second') },
    ]);
  });

  it('takes the review of ten thousand removed resources, and refuses a text that is too long', async () => {
    const comments = await start([]);
    const removed = Array.from({ length: 10_000 }, (_, index) => ({ ...volume(), id: `${'임대차계약서보관소'.repeat(20)}${index}` }));
    const context = { base: 'main', head: 'the working tree', book: prices };
    const review = reviewed({ before: [...usual, ...removed], after: usual });
    expect(await post(comments, commentOf([review], context, comments.limit))).toMatchObject({ did: 'added' });
    const long = post(comments, text('x'.repeat(comments.limit.most)));
    await expect(long).rejects.toMatchObject({ code: 'not-posted', message: expect.stringContaining('too long') });
  });

  it('makes no comment for a change of nothing, and updates one that is there', async () => {
    const comments = await start([]);
    expect(await post(comments, text('nothing'), false)).toEqual({ did: 'not needed' });
    await post(comments, text('something'));
    expect(await post(comments, text('nothing'), false)).toMatchObject({ did: 'updated' });
    expect(forge.comments).toEqual([{ id: 1, author: self, body: text('nothing') }]);
  });

  it('says what to do when the token may not write', async () => {
    forge = await startForge();
    const comments = commentsOf({ ...variables(forge.url), GITHUB_TOKEN: 'wrong', GITLAB_TOKEN: 'wrong' });
    await expect(post(comments, text('first'))).rejects.toMatchObject({
      code: 'not-posted',
      message: expect.stringMatching(new RegExp(`^${name} did not take the comment: 401 `)),
      next: expect.stringMatching(/pull-requests: write|scope api/),
    });
  });

  it('names the variables that a CI would have set', async () => {
    forge = await startForge();
    expect(() => commentsOf({})).toThrow(/_TOKEN.* are not set$/);
  });
});

it('is not posted by a workflow that no pull request started', async () => {
  forge = await startForge();
  const variables = { GITHUB_TOKEN: token, GITHUB_REPOSITORY: 'team/shop', GITHUB_REF: 'refs/heads/main' };
  expect(() => githubComments(variables)).toThrow('was not started by a pull request');
});
