/** The page of releases: the manual's tables beside our plan, and what was measured. */
import { markdownTable } from 'markdown-table';
import { type App, apps } from '../../../../lib/release/artifact.ts';
import { allPlan } from '../../../../lib/release/plan/all.ts';
import { failureText, hostLimits, limitText } from '../../../../lib/release/plan/lines.ts';
import { fullManual, manual } from '../../../../lib/release/plan/manual/manual.ts';
import { deployPlan, rollbackPlan } from '../../../../lib/release/plan/plan.ts';
import type { Step } from '../../../../lib/release/plan/step.ts';
import { watchLimits } from '../../../../lib/release/plan/triggers.ts';
import { probeAgent } from '../../../../lib/release/probe/script.ts';
import { checklistTable, downtimeTable, failureTable, stepTable, triggerTable } from './manual-tables.ts';
import { durationsTable, measuredAt } from './measured.ts';
import { idsText, planSteps } from './plan-steps.ts';

export function releasesPage(): string {
  return [introduction(), durations(), ...apps.map(componentPart), allPart(), rollbackPart(), testPart(), watchPart(), canaryPart()]
    .join('\n\n')
    .concat('\n');
}

function introduction(): string {
  return `# Releases

The service was released by hand before, by a manual of tables, rollback triggers and checklists. This page has each row of it beside the
step of \`dojang\` that does the same. It is written by \`npm run docs\` from \`lib/release/plan\`, the data from which the plans are made;
\`dojang deploy --dry-run\` prints it. Each step on a host is a script that may be run again, and may be ended anywhere.
${hostLimits}

Each release has a record in the artifact bucket, \`releases/<id>.json\`: who, from which commit, when, each step and its seconds, the dump
before it, how it ended and why. It is written before anything on a host is changed and again at the end, so a command that was ended half-way
leaves one that says so; the same command, typed again, carries on. \`dojang releases\` lists them.`;
}

function durations(): string {
  return `## How long it takes

${durationsTable()}

Measured on ${measuredAt.place},
under ${measuredAt.load}. A time without an answer is the
longest one between two answers that visitors got. Contracts wait in the queue while the AI server restarts: of ${measuredAt.contracts} that 20 people submitted
meanwhile, each was answered. \`npm run bench -- load 'dojang deploy api'\` measures a command in the same way.`;
}

function componentPart(app: App): string {
  const { section } = manual[app];
  return `## ${app}: section ${section} of the manual

### Steps

${stepTable(app)}

### Failures

${failureTable(app)}

### Rollback triggers

${triggerTable(app)}

### Checklist

${checklistTable(app)}

### What its downtime consists of

${downtimeTable(app)}

### The plan

${planTable(planSteps(app))}`;
}

const serves: Readonly<Record<Step['serving'], string>> = { old: 'the old release', new: 'the new release', none: 'none: a gap' };

function planTable(steps: readonly Step[]): string {
  const rows = steps.map((step) => [
    `\`${step.id}\``,
    step.title,
    step.checks,
    limitText(step),
    failureText(step.onFailure),
    step.compensation?.title ?? '-',
    serves[step.serving],
  ]);
  return markdownTable([['step', 'what', 'checks', 'limit', 'if it fails', 'undone by', 'serves'], ...rows]);
}

function allPart(): string {
  const rows = allPlan().map(({ plan, rollsBack, reason }) => [plan.component, rollsBack.join(', ') || '-', reason]);
  return `## All components: section ${fullManual.section} of the manual

One after the other in the manual's order. No trigger of the manual rolls back another component than its own.

${markdownTable([['component', 'rolls back too when it fails', 'reason'], ...rows])}`;
}

function rollbackPart(): string {
  const target = { id: 'the chosen release' };
  const rows = apps.map((app) => [app, idsText(rollbackPlan(app, target).steps.map(({ id }) => id))]);
  return `## Rollback

\`dojang rollback <component> [release]\`, to the last release that was good and is another than the one that serves, or to one that is named.
The release that is left counts as bad from then on; a bad one is refused by name unless it is approved (\`--approve <release>\`). The
migrations stay. Where the database has one that takes away what the target uses, the rollback is refused before anything is changed, with
both ways out: forward with a migration, or back with the data by \`dojang restore\`.

${markdownTable([['component', 'steps'], ...rows])}`;
}

function watchPart(): string {
  const { errorRate, failedRequests, p95Factor, p95FloorMilliseconds, windows } = watchLimits;
  return `## Watch

Beside the manual's triggers, a release that serves is rolled back when over ${errorRate * 100} % of the requests fail and more than before it, but
at least ${failedRequests}, or when p95 is over ${p95Factor} times that of before it and over ${p95FloorMilliseconds} ms, ${windows} times in a row. One that
is suspected at the end of its time is watched for up to as long again. Of fewer than ${1 / errorRate} requests a single one
that fails is over ${errorRate * 100} %, and it may be a connection that broke; a release that fails all of a few requests is found by the questions for
its health.

The requests are those in the access log of nginx, in windows of 10 s, and of the API those to the new release alone; before it, those of
the last minute. Answers of 4xx and clients that left do not count, nor do the requests of a test or a watch itself, which call themselves
\`${probeAgent}\`. An event stream and an upload are never slow: the one lasts as long as it is followed, the other as the client's line
takes. Beside the requests, each window has one question for health and, of the API, one whose time is measured.`;
}

function testPart(): string {
  return `## Test

The API is tested in the idle slot, before it has a visitor. Its provider of sign-in knows no account for tests, so what needs one is not
tested: that a sign-in is begun there is, and that the provider takes the secret of the API and refuses a made-up code. A provider that does
not answer the release that serves either is no fault of the new one. From the sign-in on an account of the test's own is used, three times.
A program of the release makes it (\`test-account.js\`), on the host, and deletes it afterwards with its session and its document; one that
a killed test left goes with the next. What it submits waits in the queue like any other contract, where the release that serves takes it:
the new one takes none before the switch, so that one that fails here has answered no user's contract. There is no path of the API that leads to it, so there is nothing that others could use, and no
secret that could leak: who may run the program may read the database anyway.

The pages are opened in Chromium on the operator's machine; without one, they and their files are fetched and the console is not looked at.
Where none of them answers at all, the fault may be one of that machine (its name server, VPN or proxy), so the host is asked for the main
page itself: when it answers, the release stays and the row says that the pages were not tested; when it does not, the test has failed.
The AI server is given a sample contract on its host. When it says why it has no model, it is not tested.`;
}

function canaryPart(): string {
  const steps = deployPlan('api', { canary: true }).steps.filter(({ id }) => id.startsWith('canary-'));
  return `## Canary

\`dojang deploy api --canary\` gives the new release a part of the sessions first. A session is known by its cookie, a visitor without one by
the address, and each stays on its side; with a larger part those of a smaller one stay too. From the first share on the new release takes
contracts from the queue beside the old one. Each part is watched by the requests to the new release alone. A trigger, or any later command
after one that was killed, sends all sessions back to the old release, and the new one, which takes no contract from then on, is stopped
when its requests have ended.

${planTable(steps)}`;
}
