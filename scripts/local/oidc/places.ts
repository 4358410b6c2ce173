/** Where the sign-in provider is, and where it keeps what it must not lose. */
import { join } from 'node:path';

/**
 * An address of the documentation (RFC 5737): on the embedded internet it leads to the provider,
 * elsewhere nowhere.
 */
export const issuer = 'http://192.0.2.20';
export const clientId = 'dojang';

export const portFile = (folder: string) => join(folder, 'port.json');
export const secretFile = (folder: string) => join(folder, 'secret');
export const keyFile = (folder: string) => join(folder, 'key.json');

/** How a user's browser reaches it. */
export const browserOrigin = (port: number) => `http://localhost:${port}`;
