/** Which Pebble plays Let's Encrypt, and where it comes from. */

/** The one that is built. The same as in `go.mod`. */
export const pebbleVersion = '2.10.3';

/**
 * A release that the project publishes as archives, with their SHA-256. The API and the settings
 * that are used here are the same.
 */
export const publishedRelease = {
  version: '2.10.1',
  sha256: {
    'linux-x64': '4f2fcb5bca8c85c9cf73ad140fccfc0d2be40bd81ab99879c79b7b8a0b4f70ed',
    'linux-arm64': 'b53fd072a69eb7692451de4e8b0667e0bdf5cccd7e36fc51b8eaf2fcc135ed9f',
  } as Readonly<Record<string, string>>,
} as const;
