import { describe, expect, it } from 'vitest';
import { identityOf } from '../../../../apps/api/src/auth/identity.ts';

const claims = { iss: 'https://id.example.com', email: 'kim@example.com' };

describe('the subject of an identity', () => {
  it.each(['kim-1', '10769150350006150715113082367', 'auth0|5f7c8ec7c33c6c004bbafe82', 'with a space', 'x'.repeat(255)])(
    '%j is taken as it is',
    (sub) => {
      expect(identityOf({ ...claims, sub }).subject).toBe(sub);
    },
  );

  // MySQL takes 'kim-1' and 'kim-1 ' for the same; so would be two people.
  it.each(['kim-1 ', ' kim-1', 'kim-1\t', 'kim-1\u0000', '', ' ', '김도장', 'x'.repeat(256)])(
    '%j is refused: it may be the same as another',
    (sub) => {
      expect(() => identityOf({ ...claims, sub })).toThrow('Signing in was refused');
    },
  );
});
