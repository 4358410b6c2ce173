/** Signed-in people for a load test, put straight into the database of the embedded host. */
import { createHash } from 'node:crypto';

/** The session token of one of them: 43 characters, as the API makes them. */
export function tokenOf(seed: string, number: number): string {
  return createHash('sha256').update(`${seed}-${number}`).digest('base64url');
}

/** A script for the host that makes the people and their sessions. Tokens are told to the database as digests only. */
export function peopleStatements(seed: string, count: number): string {
  const digests = Array.from({ length: count }, (_, index) =>
    createHash('sha256')
      .update(tokenOf(seed, index + 1))
      .digest('hex'),
  );
  const rows = digests.map((digest, index) => `('${digest}',${index + 1})`);
  return `mysql dojang <<'SQL'
CREATE TEMPORARY TABLE given (digest CHAR(64), number INT);
${groups(rows, 1000)
  .map((group) => `INSERT INTO given VALUES ${group.join(',')};`)
  .join('\n')}
INSERT INTO people (issuer, subject, name, email, plan, created_at, signed_in_at)
  SELECT '${seed}', number, '부하 시험', 'load@example.com', 'pro', NOW(3), NOW(3) FROM given;
INSERT INTO sessions (token_hash, person_id, created_at, seen_at)
  SELECT UNHEX(given.digest), people.id, NOW(3), NOW(3) FROM given JOIN people ON people.issuer = '${seed}' AND people.subject = given.number;
SQL`;
}

function groups<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}
