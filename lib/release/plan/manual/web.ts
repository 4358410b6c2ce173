/** Section 3.A of the manual: the frontend. */
import type { ComponentManual } from './manual.ts';

export const webManual: ComponentManual = {
  section: '3.A',
  minutes: 5,
  downtimeMinutes: [0, 0],
  downtime: [
    { part: 'service stopped', seconds: [0, 0] },
    { part: 'nginx reloaded', seconds: [0, 0] },
  ],
  steps: [
    {
      number: 1,
      title: 'pull the code',
      seconds: 30,
      reaction: 'resolve conflicts by hand',
      steps: ['build'],
      instead: 'built from the working tree of the operator; nothing is pulled on the server',
    },
    {
      number: 2,
      title: 'install the dependencies',
      seconds: 60,
      reaction: 'delete node_modules and try again',
      steps: [],
      instead: 'npm ci of the operator, off the server; the build takes what it installed',
    },
    {
      number: 3,
      title: 'build for production',
      seconds: 120,
      reaction: 'read the build error and correct it',
      steps: ['build', 'upload'],
      instead: 'built off the server into one file, named by its content',
    },
    {
      number: 4,
      title: 'replace the files',
      seconds: 10,
      reaction: 'check the permissions',
      steps: ['unpack', 'switch'],
      instead: 'a new folder, checked against its checksum, then one rename',
    },
    {
      number: 5,
      title: 'reload nginx',
      seconds: 5,
      reaction: 'check the configuration with nginx -t',
      steps: ['nginx-test'],
      instead: 'nginx reads the files through a link, so it needs no reload; its configuration is tested',
    },
    {
      number: 6,
      title: 'open the page in a browser',
      seconds: 60,
      reaction: 'clear the cache and look again',
      steps: ['test'],
      instead: 'the page is opened without a cache, and its critical console errors are counted',
    },
  ],
  failures: [
    { step: 1, failure: 'git conflict', reaction: 'resolve by hand', reason: 'an automatic merge cannot guarantee the code' },
    {
      step: 2,
      failure: 'npm ci fails',
      reaction: 'delete node_modules and try again',
      reason: 'mostly a damaged cache, or a lock file that does not match',
    },
    { step: 3, failure: 'the build fails', reaction: 'read the error and correct it', reason: 'the code is wrong; build it locally first' },
    { step: 4, failure: 'permission denied', reaction: 'check the permissions', reason: 'ownership or mode of /var/www' },
    {
      step: 5,
      failure: 'nginx configuration is wrong',
      reaction: 'check it with nginx -t',
      reason: 'a reload with a wrong configuration fails, and the old one stays',
    },
    {
      step: 6,
      failure: 'the page does not load',
      reaction: 'clear the cache and look again',
      reason: 'the cache of the browser may show an error that is gone',
    },
  ],
  checklist: {
    before: [
      { item: 'branch main is up to date', steps: [] },
      { item: 'the commit to deploy is the right one', steps: ['record'] },
      { item: 'changes of .env', steps: ['before'] },
      { item: 'changed dependencies in package.json', steps: [] },
    ],
    during: [
      { item: 'code pulled', steps: ['build'] },
      { item: 'npm ci complete', steps: [] },
      { item: 'npm run build without an error', steps: ['build'] },
      { item: 'build folder copied', steps: ['unpack', 'switch'] },
      { item: 'nginx reloaded', steps: ['nginx-test'] },
    ],
    after: [
      { item: 'main page answers 200', steps: ['test'] },
      { item: 'main pages load (sign-in, checklist)', steps: ['test'] },
      { item: 'no error in the console of the browser', steps: ['test'] },
      { item: 'completion announced', steps: ['announce-end'] },
      { item: 'release recorded (date, version, changes)', steps: ['record'] },
    ],
  },
};
