/** Which parts of the complete plan exist. A plan has the steps of these alone. */
import type { App } from '../artifact.ts';

export const capabilities = [
  /** Disk and health are looked at before anything is changed. */
  'before',
  /** The hooks of the project. */
  'hooks',
  /** The notifier. */
  'announce',
  /** A verified dump before each release of the API. */
  'dump',
  /** The configuration of nginx is tested before the web is switched. */
  'nginx-test',
  /** Two releases of the API run side by side. */
  'slots',
  /** The functional test: page, sign-in, analysis. */
  'test',
  /** The GPU is looked at before the AI server counts as healthy. */
  'gpu-health',
  /** The release is watched after it serves. */
  'watch',
  /** The record of the release. */
  'record',
] as const;

export type Capability = (typeof capabilities)[number];

/** What `dojang deploy` performs in this version. */
export const todaysCapabilities: Readonly<Record<App, readonly Capability[]>> = {
  web: ['before', 'hooks', 'announce', 'nginx-test', 'test', 'watch', 'record'],
  api: ['before', 'hooks', 'announce', 'dump', 'slots', 'test', 'watch', 'record'],
  ai: ['before', 'hooks', 'announce', 'gpu-health', 'test', 'watch', 'record'],
};
