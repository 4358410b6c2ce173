/** Where things are on a host. The contract with the applications: apps/README.md. */
export const places = {
  /** `<app>/releases/<digest>` and `<app>/current`. */
  releases: '/opt/dojang',
  settings: '/etc/dojang',
  tls: '/etc/dojang/tls',
  /** The data volume. */
  data: '/srv/data',
  /** Helpers that the recipe leaves on the host. */
  tools: '/usr/local/lib/dojang',
} as const;

/** Loopback ports on a host. */
export const ports = { api: 8080, mysql: 3306, ai: 8000 } as const;

export const units = { api: 'dojang-api.service', ai: 'dojang-ai.service' } as const;
