/**
 * What is put on a host: one self-contained file for each application, named by its own content.
 */

export type App = 'web' | 'api' | 'ai';

export const apps: readonly App[] = ['web', 'api', 'ai'];

/** Who an artifact is for. The web is for everyone. */
export interface Target {
  /** As Node and `uname` know it. */
  readonly architecture: 'x64' | 'arm64';
  /** Version of the host's Python, like `3.12`; only `ai` depends on it. */
  readonly python?: string;
}

export interface Artifact {
  readonly app: App;
  readonly target: Target;
  /** SHA-256 of the file, in hexadecimal. */
  readonly digest: string;
  /** Path on this machine. */
  readonly file: string;
  readonly bytes: number;
}

/**
 * Where an artifact lies in the bucket. Its place says what it is, so that it is never written
 * twice.
 */
export function artifactKey({ app, digest }: Pick<Artifact, 'app' | 'digest'>): string {
  return `${app}/${digest}.tar.gz`;
}

/** The part of a digest that people see. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 12);
}
