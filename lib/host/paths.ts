/** Where things are on a host. The contract with the applications: apps/README.md. */
export const paths = {
  /**
   * `<app>/releases/<digest>`; `<app>/current` of web and ai; `api/slots/{a,b}` and `api/serving`
   * (slots/state.ts).
   */
  releases: '/opt/dojang',
  settings: '/etc/dojang',
  tls: '/etc/dojang/tls',
  /** The data volume. */
  data: '/srv/data',
  /**
   * Where nginx serves the answers to the challenges of Let's Encrypt. Its workers are not root, so
   * every folder above must let them in: not below /var/lib/dojang, which is root's alone.
   */
  challenges: '/var/lib/dojang-acme',
  /** Helpers that the recipe leaves on the host. */
  tools: '/usr/local/lib/dojang',
} as const;

/**
 * Loopback ports on a host. The API runs in one of two slots: the next release starts in the idle
 * one while the other serves.
 */
export const ports = { api: { a: 8080, b: 8081 }, mysql: 3306, ai: 8000 } as const;

/** `api` is the template of the slots' units. */
export const units = { api: 'dojang-api@.service', ai: 'dojang-ai.service' } as const;
