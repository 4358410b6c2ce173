/** English words of the frame around every page, and of what goes wrong. */
import type { ko, Translation } from '../ko/index.ts';

type Common = Omit<typeof ko, 'home' | 'contracts' | 'explanation' | 'checklist' | 'notes' | 'field' | 'listings'>;

export const common: Translation<Common> = {
  app: { name: 'Dojang', promise: 'Before you seal it' },
  skip: 'Skip to content',
  nav: { label: 'Main', contracts: 'Easy contract', checklist: 'Checklist', notes: 'House notes', listings: 'Listings' },
  language: { label: 'Language', ko: '한국어', en: 'English' },
  account: {
    signIn: 'Sign in',
    signOut: 'Sign out',
    signedOut: 'You are signed out.',
    name: '{{name}}',
    today: '{{used}} of {{total}} used today',
  },
  signIn: {
    title: 'Please sign in',
    body: 'Your contracts and notes are yours alone, so we show them only after you have signed in.',
    action: 'Sign in and continue',
    done: {
      title: 'You are signed in',
      body: 'Close this tab and go back to where you were: you can go on there.',
      home: 'To the home page',
    },
  },
  signInOutcome: {
    refused: 'Signing in was refused. Would you like to try again?',
    unavailable: 'Nobody can sign in at the moment. Please try again soon.',
    failed: 'Signing in did not work. Please begin again.',
  },
  sessionLost: {
    title: 'You have been signed out',
    body: 'Your sign-in ended after a long pause. Sign in again in a new tab; what you wrote here stays.',
    action: 'Sign in, in a new tab',
    close: 'Later',
  },
  offline: 'You are offline. We will go on when the connection is back.',
  loading: 'Loading…',
  more: 'Show more',
  loadingMore: 'Loading more…',
  newTab: 'opens in a new tab',
  cancel: 'Cancel',
  close: 'Close',
  save: 'Save',
  saving: 'Saving…',
  remove: 'Delete',
  removing: 'Deleting…',
  retry: 'Try again',
  optional: 'optional',
  notFound: { title: 'There is nothing at this address', body: 'It may have moved or been deleted.', home: 'To the home page' },
  crash: { title: 'We could not draw this page', body: 'Reloading it nearly always helps.', reload: 'Reload' },
  footer: {
    note: 'Dojang helps you understand a contract. It is not legal advice.',
    help: 'Free legal help in Korea: Korea Legal Aid Corporation, dial 132',
  },
  problem: {
    title: 'That did not work',
    offline: 'We could not reach the server. Check your connection and try again.',
    unexpected: 'The server sent an answer we do not understand. Please try again in a moment.',
    server: 'Something is wrong on our side. Please try again in a moment.',
    s401: 'Please sign in first.',
    s403: 'This request was refused. Reload the page and try again.',
    s404: 'We could not find it. It may be deleted, or belong to somebody else.',
    s409: 'It has changed in the meantime. Reload and try again.',
    s413: 'This is too large to send at once. Send fewer pages or smaller pictures.',
    s422: 'Please check what you entered.',
    s429: 'You have used all of today’s turns.',
    other: 'If it keeps happening, please come back later.',
    wait: 'You can try again in {{span}}.',
    said: 'The server says:',
  },
};
