/** What is announced of a release, a rollback, a restore and the maintenance page: plain text. */
import type { App } from '../release/artifact.ts';
import { counted } from '../values/counted.ts';
import { oneLine } from './one-line.ts';

/** Lines of plain text. What formats text in a chat is the adapter's concern. */
export interface Notice {
  readonly text: string;
}

/** Who typed the command, and on which machine. */
export interface Who {
  readonly owner: string;
  readonly host: string;
}

export interface ReleaseNotice {
  readonly environment: string;
  readonly component: App | 'model' | 'all';
  /** Like `2026-11-28.3`. */
  readonly release: string;
  readonly who: Who;
  /** SHA of the commit, and the first line of its message. */
  readonly commit?: string;
  readonly subject?: string;
}

/** Seconds. */
export interface Lasted {
  readonly seconds: number;
  /** In which no release served. */
  readonly downtimeSeconds: number;
}

export function releaseBegun(about: ReleaseNotice): Notice {
  return notice(`${releaseOf(about)} has begun`, commitLine(about), byLine(about));
}

export function releaseServes(about: ReleaseNotice & Lasted): Notice {
  return notice(`${releaseOf(about)} serves`, commitLine(about), lastedLine(about), byLine(about));
}

/** @param about `serving`: the release that serves again, if any does. */
export function releaseRolledBack(about: ReleaseNotice & Lasted & { readonly reason: string; readonly serving?: string }): Notice {
  const serving = about.serving === undefined ? 'no release serves' : `${oneLine(about.serving)} serves`;
  return notice(`${releaseOf(about)} was rolled back: ${oneLine(about.reason)}`, serving, lastedLine(about), byLine(about));
}

/** It serves; a step after the switch failed. */
export function releaseIncomplete(about: ReleaseNotice & { readonly step: string; readonly reason: string }): Notice {
  return notice(`${releaseOf(about)} serves, but the step ${about.step} failed: ${oneLine(about.reason)}`, byLine(about));
}

/** It could neither serve nor be rolled back. */
export function releaseFailed(about: ReleaseNotice & { readonly reason: string }): Notice {
  return notice(`${releaseOf(about)} failed: ${oneLine(about.reason)}`, 'It could not be rolled back: see to it now.', byLine(about));
}

/** A rollback that the operator asked for. */
export function rollbackBegun(about: ReleaseNotice): Notice {
  return notice(
    `${about.environment}: rolling ${about.component} back to release ${oneLine(about.release)}`,
    commitLine(about),
    byLine(about),
  );
}

export interface RestoreNotice {
  readonly environment: string;
  /** Id of the dump. */
  readonly dump: string;
  /** Up to when changes are applied, ISO 8601 in UTC; missing: the time of the dump. */
  readonly to?: string;
  readonly who: Who;
}

export function restoreBegun(about: RestoreNotice): Notice {
  return notice(`${restoreOf(about)} has begun`, 'Visitors see the maintenance page until it is done.', byLine(about));
}

export function restoreDone(about: RestoreNotice & Lasted): Notice {
  return notice(`${restoreOf(about)} is done`, lastedLine(about), byLine(about));
}

export function restoreFailed(about: RestoreNotice & { readonly reason: string }): Notice {
  return notice(`${restoreOf(about)} failed: ${oneLine(about.reason)}`, byLine(about));
}

export interface MaintenanceNotice {
  readonly environment: string;
  readonly on: boolean;
  readonly reason: string;
  readonly who: Who;
}

export function maintenanceChanged({ environment, on, reason, who }: MaintenanceNotice): Notice {
  if (!on) return notice(`${environment}: visitors reach the service again`, byLine({ who }));
  return notice(`${environment}: visitors see the maintenance page`, reason === '' ? '' : oneLine(reason), byLine({ who }));
}

/** Lines that are not empty. */
function notice(...lines: readonly string[]): Notice {
  return { text: lines.filter((line) => line !== '').join('\n') };
}

function releaseOf({ environment, component, release }: ReleaseNotice): string {
  return `${environment}: release ${oneLine(release)} of ${component}`;
}

function restoreOf({ environment, dump, to }: RestoreNotice): string {
  return `${environment}: restore of ${oneLine(dump)}${to === undefined ? '' : `, up to ${to}`}`;
}

function commitLine({ commit, subject = '' }: Pick<ReleaseNotice, 'commit' | 'subject'>): string {
  if (commit === undefined) return '';
  return `commit ${commit.slice(0, 7)}${subject === '' ? '' : `  ${oneLine(subject)}`}`;
}

function lastedLine({ seconds, downtimeSeconds }: Lasted): string {
  return `${counted(Math.round(seconds), 'second')}, ${Math.round(downtimeSeconds)} s down`;
}

function byLine({ who: { owner, host } }: { readonly who: Who }): string {
  return `by ${oneLine(owner)} on ${oneLine(host)}`;
}
