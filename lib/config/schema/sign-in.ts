/** How users sign in. */
import * as z from 'zod';
import { isOnEmbeddedInternet, urlOf } from './addresses.ts';
import { givenText } from './fields.ts';

/** The embedded internet's addresses have no certificates; everything else is asked over TLS. */
const issuer = z
  .url({ error: (issue) => `${JSON.stringify(issue.input)} is not a URL like https://accounts.example.com` })
  .superRefine((text, context) => {
    const url = urlOf(text);
    if (!url) return;
    if (url.protocol !== 'https:' && !isOnEmbeddedInternet(url)) {
      context.addIssue(`${text} would send sign-ins over the network unprotected; write an https:// address`);
    } else if (`${url.username}${url.password}${url.search}${url.hash}` !== '') {
      const remedy = 'write it as the provider does, like https://accounts.example.com';
      context.addIssue(`${text} has a user, a query or a fragment, which no issuer has; ${remedy}`);
    }
  });

export const signIn = z.strictObject({
  /** OpenID Connect provider. */
  issuer,
  clientId: givenText('write the value that the sign-in provider gave you'),
});
