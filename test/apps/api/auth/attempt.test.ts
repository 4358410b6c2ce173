import { expect, it } from 'vitest';
import { sign, verify } from '../../../../apps/api/src/auth/attempt.ts';
import { Secret } from '../../../../apps/api/src/secret.ts';

const secret = new Secret('the-session-secret');
const now = new Date(0);
const attempt = { state: 'state', nonce: 'nonce', verifier: 'verifier', returnTo: '/', until: 1000 };
const [text = '', signature = '', code = ''] = sign(attempt, secret).split('.');

it('is recognised by its signature, with the code for nginx, without it, and with another one', () => {
  expect(code).toMatch(/^[\w-]{22}$/);
  for (const end of [`.${code}`, '', '.x']) expect(verify(`${text}.${signature}${end}`, secret, now)).toEqual(attempt);
});

it('is not recognised by the code for nginx alone', () => {
  for (const signed of [code, '', `${signature.slice(1)}x`]) expect(verify(`${text}.${signed}.${code}`, secret, now)).toBeUndefined();
});
