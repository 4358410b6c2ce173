/**
 * Run inside a namespace of the embedded internet: one attack, or the honest person. Input: what to
 * do, as JSON. Prints what the honest person has seen, as JSON.
 */
import { json } from 'node:stream/consumers';
import { attacks } from './attacks.ts';
import { Client } from './client.ts';
import { honestPerson } from './honest.ts';

export interface Task {
  readonly who: keyof typeof attacks | 'honest';
  /** Of the site, and what it calls itself. */
  readonly host: string;
  readonly origin: string;
  readonly localAddress: string;
  readonly cookie: string;
  readonly seconds: number;
}

const { who, host, origin, localAddress, cookie, seconds } = (await json(process.stdin)) as Task;
const client = new Client(host, origin, localAddress);
const signal = AbortSignal.timeout(seconds * 1000);
if (who === 'honest') process.stdout.write(JSON.stringify(await honestPerson(client, cookie, signal)));
else await attacks[who]({ client, cookie, signal });
process.exit();
