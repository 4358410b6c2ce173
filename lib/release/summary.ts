/** What a release took, beside the manual that it replaces. */
import type { App } from './artifact.ts';
import { manual } from './plan/manual/manual.ts';

/** A release that serves. */
export interface Released {
  readonly app: App;
  /** `current`: it served already. */
  readonly outcome: 'current' | 'installed';
  /** As people see it. */
  readonly digest: string;
  /** What is not as it should be though the release serves; empty mostly. */
  readonly note: string;
  /** Its id; missing for one that served already before there were records. */
  readonly release?: string;
  readonly seconds: number;
  readonly downtimeSeconds: number;
}

/** What served already took nothing that is worth a comparison. */
export function releasedLines(released: readonly Released[]): readonly string[] {
  return released.flatMap((each) => [
    each.outcome === 'current' ? `${each.app} ${nameOf(each)} serves already` : comparison(each),
    ...(each.note === '' ? [] : [`  ${each.note}`]),
  ]);
}

function comparison({ app, seconds, downtimeSeconds, ...name }: Released): string {
  const { minutes, downtimeMinutes } = manual[app];
  const [from, to] = downtimeMinutes;
  const down = from === to ? `${from} min` : `${from}-${to} min`;
  return `${app} ${nameOf(name)}: ${seconds} s, ${downtimeSeconds} s down (the manual: ${minutes} min, ${down} down)`;
}

const nameOf = ({ release, digest }: Pick<Released, 'release' | 'digest'>) => release ?? digest;
