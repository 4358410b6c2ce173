/** English words of an explanation. */
import type { ko, Translation } from '../ko/index.ts';

export const explanation: Translation<typeof ko.explanation> = {
  title: 'Your contract explained',
  back: 'Your contracts',
  meta_one: '{{date}} · {{count}} page',
  meta_other: '{{date}} · {{count}} pages',
  engine: 'Explained by',
  notAdvice: 'This helps you understand; it is not legal advice. Ask an expert before you decide. Free legal help in Korea: dial 132.',
  summary: 'In short',
  tally: 'Clauses by risk',
  count_one: '{{count}}',
  count_other: '{{count}}',
  risk: { danger: 'Danger', caution: 'Caution', safe: 'Safe' },
  group: {
    danger: { title: 'Change these, or ask', lead: 'Sealed as they are, these may cost you.' },
    caution: { title: 'Make sure of these', lead: 'Not bad in themselves, but better made clear.' },
    safe: { title: 'These are fine', lead: 'Common wording that does not put you at a disadvantage.' },
  },
  page: 'Page {{number}}',
  quote: 'What the contract says',
  advice: 'What you can do',
  sources: 'Sources',
  missing: { title: 'Not in your contract', lead: 'These protect tenants, and we did not find them here.' },
  none: 'We found no clauses to explain. Please check that all pages are there.',
  read: {
    title: 'What we read on each page',
    line_one: 'Page {{number}}: {{count}} character',
    line_other: 'Page {{number}}: {{count}} characters',
    ocr: 'from a picture',
    text: 'from text',
  },
  print: 'Print or save as PDF',
  another: 'Explain another contract',
};
