/**
 * The account with which a release is tested before it gets requests: `test-account.js open` signs
 * it in and prints its cookies as a line of JSON, `test-account.js close` deletes it with all that
 * it has. It is a program and no path: there is nothing to ask for over a network, with or without
 * a secret. Whoever may run it can read the settings of the API, and so could write the same rows
 * by hand. The account is a new one each time, and its issuer is no address of a provider.
 */
import { randomUUID } from 'node:crypto';
import type { Pool } from 'mysql2/promise';
import { openPool } from './db/pool.ts';
import { welcome } from './people/people.ts';
import { personCookie, personCookieValue, sessionCookie } from './sessions/session-cookie.ts';
import { Sessions } from './sessions/sessions.ts';
import { type Settings, settingsOf } from './settings.ts';

const testIssuer = 'urn:dojang:release-test';
const clock = () => new Date();

/** As the callback of a sign-in does, once the provider has said who it is. */
async function open(db: Pool, { sessionSecret }: Settings): Promise<object> {
  await close(db);
  const identity = { issuer: testIssuer, subject: randomUUID(), name: 'release test', email: '', plan: 'free' } as const;
  const personId = await welcome(db, identity, clock());
  const token = await new Sessions(db, clock).open(personId);
  return { cookie: `${sessionCookie}=${token}; ${personCookie}=${personCookieValue(token, personId, sessionSecret)}` };
}

/** Also of a test that was ended before. What it submitted goes with it. */
async function close(db: Pool): Promise<object> {
  const [{ affectedRows }] = await db.execute<import('mysql2').ResultSetHeader>('DELETE FROM people WHERE issuer = ?', [testIssuer]);
  return { deleted: affectedRows };
}

async function run(verb: string | undefined): Promise<object> {
  if (verb !== 'open' && verb !== 'close') throw new Error('test-account.js takes open or close');
  const settings = settingsOf(process.env);
  const db = openPool({ ...settings.mysql, pool: 1 });
  try {
    return verb === 'open' ? await open(db, settings) : await close(db);
  } finally {
    await db.end();
  }
}

run(process.argv[2]).then(
  (done) => process.stdout.write(`${JSON.stringify(done)}\n`),
  (error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  },
);
