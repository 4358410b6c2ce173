import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { sign, verify } from '../../../../apps/api/src/auth/attempt.ts';
import { Secret } from '../../../../apps/api/src/secret.ts';

const secret = new Secret('the-session-secret');
const now = new Date(0);
const attempt = { state: 'state', nonce: 'nonce', verifier: 'verifier', returnTo: '/', until: 61_999 };
const [text = '', signature = '', until = '', code = ''] = sign(attempt, secret).split('.');

it('ends with the second until which it is good, and with a code for nginx of both', () => {
  expect(until).toBe('61');
  expect(code).toBe(createHash('md5').update(`sign-in ${signature} 61 the-session-secret`).digest('base64url'));
});

it('is recognised by its signature, with what is for nginx, without it, as of an earlier release, and with another one', () => {
  for (const end of [`.${until}.${code}`, '', `.${code}`, '.x', '.99999999999.x'])
    expect(verify(`${text}.${signature}${end}`, secret, now)).toEqual(attempt);
});

it('is not recognised by the code for nginx alone', () => {
  for (const signed of [code, '', `${signature.slice(1)}x`])
    expect(verify(`${text}.${signed}.${until}.${code}`, secret, now)).toBeUndefined();
});

it('is over at its end, whatever second is written for nginx', () => {
  for (const written of [until, '99999999999']) {
    const cookie = `${text}.${signature}.${written}.${code}`;
    expect(verify(cookie, secret, new Date(61_998))).toEqual(attempt);
    expect(verify(cookie, secret, new Date(61_999))).toBeUndefined();
  }
});
