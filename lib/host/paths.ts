/** Where things are on a host. The contract with the applications: apps/README.md. */
export const paths = {
  /** `<app>/releases/<digest>` and `<app>/current`. */
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

/** Loopback ports on a host. */
export const ports = { api: 8080, mysql: 3306, ai: 8000 } as const;

export const units = { api: 'dojang-api.service', ai: 'dojang-ai.service' } as const;
