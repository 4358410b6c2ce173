/** Certificates and keys as they are kept in the secret store. */
import type { FoundTrust } from '../../../lib/pki/authority.ts';
import type { FoundPair } from '../../../lib/pki/certificate.ts';
import type { DesiredTrust } from '../../../lib/pki/desired.ts';
import type { SecretStore } from '../../../lib/ports/secrets.ts';
import type { Secret } from '../../../lib/values/secret.ts';
import { type PrivateKey, readCertificates, readKeys } from '../../io/pki.ts';

/** As `FoundTrust`, with what is needed to sign. */
export interface StoredTrust extends FoundTrust {
  readonly keys: readonly PrivateKey[];
  readonly certificates: Awaited<ReturnType<typeof readCertificates>>;
}

/** What cannot be read counts as missing. */
export async function storedTrust(desired: DesiredTrust, store: SecretStore): Promise<StoredTrust> {
  const owners = [desired.authority, ...desired.certificates];
  const texts = await store.read(owners.flatMap(({ parameters }) => [parameters.certificate, parameters.key]));
  const [keys, certificates] = await readPair(texts, desired.authority.parameters);
  const pairs = await Promise.all(
    desired.certificates.map(async ({ id, parameters }): Promise<[string, FoundPair]> => {
      const [[key], [certificate]] = await readPair(texts, parameters);
      return [id, { certificate, keyId: key?.keyId }];
    }),
  );
  const authority = { certificates, keyIds: keys.map(({ keyId }) => keyId) };
  return { authority, pairs: Object.fromEntries(pairs), installed: {}, keys, certificates };
}

function readPair(texts: Readonly<Record<string, Secret>>, { certificate, key }: { certificate: string; key: string }) {
  const [keyText, certificateText] = [texts[key], texts[certificate]];
  return Promise.all([keyText ? readKeys(keyText) : [], readCertificates(certificateText?.reveal() ?? '')]);
}
