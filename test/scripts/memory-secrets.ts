/**
 * A secret store in memory that can be cut off before any of its writes, like a process that is
 * killed.
 */
import type { ParameterKind, SecretStore } from '../../lib/ports/secrets.ts';
import type { Secret } from '../../lib/values/secret.ts';

export class MemorySecrets implements SecretStore {
  readonly kept = new Map<string, { value: Secret; kind: ParameterKind; version: number }>();
  /** Writes that still succeed. */
  writesLeft = Number.POSITIVE_INFINITY;

  async read(names: readonly string[]) {
    return Object.fromEntries([...this.kept].filter(([name]) => names.includes(name)).map(([name, { value }]) => [name, value]));
  }

  async put(name: string, value: Secret, kind: ParameterKind) {
    if (this.writesLeft-- <= 0) throw new Error('killed');
    this.kept.set(name, { value, kind, version: (this.kept.get(name)?.version ?? 0) + 1 });
  }

  async describe(names: readonly string[]) {
    return Object.fromEntries(
      [...this.kept].filter(([name]) => names.includes(name)).map(([name, { kind, version }]) => [name, { kind, version }]),
    );
  }

  text(name: string): string {
    return this.kept.get(name)?.value.reveal() ?? '';
  }
}
