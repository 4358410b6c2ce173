/** Signed-in people for a load test, put straight into the database of the embedded host. */
import { createHash } from 'node:crypto';

/** The session token of one of them: 43 characters, as the API makes them. */
export function tokenOf(seed: string, number: number): string {
  return createHash('sha256').update(`${seed}-${number}`).digest('base64url');
}

/** Values of their cookie headers. */
export const cookiesOf = (seed: string, count: number) =>
  Array.from({ length: count }, (_, index) => `__Host-session=${tokenOf(seed, index + 1)}`);

/**
 * A script for the host that makes the people and their sessions. The database reckons the tokens
 * as `tokenOf` does, and keeps digests only.
 */
export function peopleStatements(seed: string, count: number): string {
  const token = `TRIM(TRAILING '=' FROM REPLACE(REPLACE(TO_BASE64(UNHEX(SHA2(CONCAT(issuer, '-', subject), 256))), '+', '-'), '/', '_'))`;
  return `mysql dojang <<'SQL'
SET SESSION cte_max_recursion_depth = ${count};
INSERT INTO people (issuer, subject, name, email, plan, created_at, signed_in_at)
  WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ${count})
  SELECT '${seed}', number, 'load', 'load@example.com', 'pro', NOW(3), NOW(3) FROM numbers;
INSERT INTO sessions (token_hash, person_id, created_at, seen_at)
  SELECT UNHEX(SHA2(${token}, 256)), id, NOW(3), NOW(3) FROM people WHERE issuer = '${seed}';
SQL`;
}
