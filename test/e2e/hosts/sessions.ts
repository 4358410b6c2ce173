/** Sessions of people who never saw a sign-in page. */
import { createHash } from 'node:crypto';
import { Secret } from '../../../apps/api/src/secret.ts';
import { personCookieValue } from '../../../apps/api/src/sessions/session-cookie.ts';
import type { Place } from './place.ts';

/** Cookies of people who are signed in, put straight into the database. */
export async function signedInPeople(place: Place, count: number): Promise<string[]> {
  const secret = new Secret(await place.must('aws', `sed -n 's/^SESSION_SECRET=//p' /etc/dojang/api.env | tr -d '"'`));
  const seed = `test-${Date.now()}`;
  const tokens = Array.from({ length: count }, (_, index) => createHash('sha256').update(`${seed}-${index}`).digest('base64url'));
  const rows = tokens.map((token, index) => statements(seed, index, createHash('sha256').update(token).digest('hex')));
  const ids = (await place.must('aws', `mysql dojang -N <<'SQL'\n${rows.join('\n')}\nSQL`)).split('\n');
  return tokens.map((token, index) => `__Host-session=${token}; __Host-person=${personCookieValue(token, ids[index] ?? '', secret)}`);
}

function statements(seed: string, index: number, hash: string): string {
  return `INSERT INTO people (issuer, subject, name, email, plan, created_at, signed_in_at) VALUES ('${seed}', '${index}', 'load', 'load@example.com', 'pro', NOW(3), NOW(3));
INSERT INTO sessions (token_hash, person_id, created_at, seen_at) VALUES (UNHEX('${hash}'), LAST_INSERT_ID(), NOW(3), NOW(3));
SELECT MAX(id) FROM people WHERE issuer = '${seed}';`;
}
