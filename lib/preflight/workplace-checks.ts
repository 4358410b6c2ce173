/** What the machine that runs the command must have. */

import type { Environment } from '../config/environment.ts';
import { fixedText } from '../values/number-text.ts';
import { asFault, check, fault, ok, type PreflightCheck, type Verdict, warning } from './check.ts';

/**
 * The runtime that the project brings; TypeScript runs directly from 22.18, our own version is 24.
 */
const oldestNode = 24;
/** GiB: the applications' packages (the AI server's take 0.6) and what is built of them. */
const enoughGib = 3;

export function workplaceChecks(environment: Environment, { hosts }: { readonly hosts: boolean }): PreflightCheck[] {
  return [
    check({
      id: 'node',
      subject: 'here',
      title: 'Node',
      facts: ({ workplace }) => workplace.node(),
      verdict: (version) =>
        Number(version.split('.')[0]) >= oldestNode ? ok(version) : fault(`${version}, ${oldestNode} is needed`, 'npm ci brings it'),
    }),
    check({
      id: 'pulumi',
      subject: 'here',
      title: 'Pulumi engine',
      facts: ({ workplace }) => workplace.engine(),
      verdict: (version) =>
        version
          ? ok(version)
          : warning('none yet; up downloads it, or builds it in 3 to 5 minutes', 'https://www.pulumi.com/docs/install/'),
    }),
    check({
      id: 'cdk',
      subject: 'here',
      title: 'AWS CDK',
      facts: ({ workplace }) => workplace.cdk(),
      verdict: cdkVerdict,
    }),
    ...(hosts ? [...releaseChecks(), gcloudCheck(environment)] : []),
  ];
}

/** What the applications are built with. */
function releaseChecks(): PreflightCheck[] {
  return [
    check({
      id: 'python',
      subject: 'here',
      title: 'Python',
      facts: ({ workplace }) => workplace.python(),
      verdict: ok,
      refused: asFault('apt install python3 python3-venv'),
    }),
    check({
      id: 'disk',
      subject: 'here',
      title: 'free disk space',
      facts: ({ workplace }) => workplace.freeGib(),
      verdict: (gib) =>
        gib >= enoughGib
          ? ok(`${Math.floor(gib)} GiB`)
          : fault(
              `${fixedText(gib, 1)} GiB, ${enoughGib} are needed`,
              'free some; du -sh .dojang ~/.cache/dojang shows what this project takes',
            ),
    }),
  ];
}

/**
 * The tag `latest` of the CDK's command line is a version that refuses our library, so another
 * version than the pinned one matters.
 */
function cdkVerdict({ pinned, installed }: { readonly pinned: string; readonly installed?: string }): Verdict {
  return installed === pinned ? ok(pinned) : fault(`${installed ?? 'not installed'}, ${pinned} is pinned`, 'npm ci');
}

/** It opens the first way to the GPU machine; later Systems Manager does. */
function gcloudCheck(environment: Environment): PreflightCheck {
  const remedy = 'https://cloud.google.com/sdk/docs/install, then gcloud auth login';
  return check({
    id: 'gcloud',
    subject: 'here',
    title: 'gcloud',
    facts: async ({ workplace, gcp }) => {
      const found = await workplace.hasGcloud();
      const machine = () => gcp.machine(environment.names.gcp.machine).then((each) => each !== undefined);
      return { found, machine: found || (await machine().catch(() => true)) };
    },
    verdict: ({ found, machine }) => {
      if (found) return ok('there');
      if (machine) return warning('not on PATH; only a GPU machine that is no node yet wants it', remedy);
      return fault('not on PATH; the first contact with the GPU machine goes through it', remedy);
    },
  });
}
