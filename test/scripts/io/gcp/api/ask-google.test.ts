import { describe, expect, it } from 'vitest';
import { loginFailure } from '../../../../../scripts/io/gcp/api/ask-google.ts';

describe('Google gave no answer', () => {
  it.each([
    'request to https://oauth2.googleapis.com/token failed, reason: getaddrinfo ENOTFOUND oauth2.googleapis.com',
    'request to https://oauth2.googleapis.com/token failed, reason: getaddrinfo EAI_AGAIN oauth2.googleapis.com',
    'request to https://oauth2.googleapis.com/token failed, reason: connect ETIMEDOUT 142.250.0.1:443',
    'request to https://oauth2.googleapis.com/token failed, reason: connect ECONNREFUSED 127.0.0.1:443',
    'request to https://oauth2.googleapis.com/token failed, reason: read ECONNRESET',
  ])('for want of a network: %s', (why) => {
    expect(loginFailure(new Error(why))).toMatchObject({ code: 'google-unreachable', next: 'check the network, then run it again' });
  });

  it.each(['Could not load the default credentials.', 'invalid_grant', 'reauth related error (invalid_rapt)'])(
    'for want of credentials: %s',
    (why) => {
      expect(loginFailure(new Error(why))).toMatchObject({
        code: 'no-credentials',
        next: 'gcloud auth application-default login',
      });
    },
  );
});
