/** English words of the home page. */
import type { ko, Translation } from '../ko/index.ts';

export const home: Translation<typeof ko.home> = {
  title: 'Before you seal it: your lease in plain words',
  eyebrow: 'For tenants in Korea',
  headline: 'Before you seal it,\nread it once more.',
  lead: 'We explain your Korean lease clause by clause in plain words, and point to what needs care, with the law behind it.',
  start: 'Explain my contract',
  checklist: 'See the checklist',
  signedIn: 'Hello, {{name}}',
  left_one: 'You can have {{count}} more explanation today.',
  left_other: 'You can have {{count}} more explanations today.',
  leftNone: 'You have used all of today’s explanations. See you tomorrow.',
  recent: 'Your recent contracts',
  how: {
    title: 'Three steps',
    one: { title: 'Take or paste', body: 'Photograph each page with your phone, or choose a PDF. Up to 30 pages at once.' },
    two: { title: 'Wait a moment', body: 'You have an answer within 5 minutes. Close the page and come back if you like.' },
    three: { title: 'Read it plainly', body: 'Sorted into danger, caution and safe, with what to ask for.' },
  },
  tools: {
    title: 'With you while you look for a home',
    checklist: 'What is easily forgotten when you visit, sign and move, and why it matters.',
    notes: 'Write down the homes you have seen and compare two or three side by side.',
    listings: 'Rooms from other tenants, by deposit and rent.',
  },
  picture: {
    title: 'Residential lease',
    clause: 'The deposit is returned once the next tenant has moved in.',
    mark: 'Ask for a date',
    tenant: 'Tenant',
    here: '(seal)',
  },
};
