/** The pages of the sign-in provider, in Korean and English, without anything from elsewhere. */
import { createHash } from 'node:crypto';
import { type Person, plans } from './accounts.ts';

export type Locale = 'ko' | 'en';
type Field = keyof Person;
export type Faults = Readonly<Partial<Record<Field, string>>>;

export interface Form {
  /** What was written before; nothing at first. */
  readonly given: Readonly<Record<Field, string>>;
  readonly faults: Faults;
}

const words = {
  ko: {
    title: '로그인',
    about:
      '이 컴퓨터에서 돌아가는 체험용 로그인입니다. 비밀번호가 없으며, 아무 이름으로나 로그인할 수 있습니다. 적은 내용은 이 컴퓨터를 떠나지 않습니다.',
    name: '이름',
    email: '이메일',
    plan: '요금제',
    plans: { free: '무료', basic: '베이직', pro: '프로' },
    submit: '로그인',
    other: 'English',
    failed: '로그인할 수 없습니다',
    again: '서비스로 돌아가 다시 로그인해 주세요.',
  },
  en: {
    title: 'Sign in',
    about:
      'This is the embedded sign-in for trials, running on this computer. There is no password and any name signs in. What you write does not leave this computer.',
    name: 'Name',
    email: 'E-mail',
    plan: 'Plan',
    plans: { free: 'Free', basic: 'Basic', pro: 'Pro' },
    submit: 'Sign in',
    other: '한국어',
    failed: 'You can not be signed in',
    again: 'Go back to the service and sign in again.',
  },
} as const;

/** What was asked for if we have it, else what the browser prefers, else Korean. */
export function languageOf(asked: string | undefined, accepted: string | undefined): Locale {
  const wanted = [...(asked ?? '').split(/[\s,]+/), ...(accepted ?? '').split(',')].map((each) => each.trim().slice(0, 2).toLowerCase());
  return wanted.find((each): each is Locale => each === 'ko' || each === 'en') ?? 'ko';
}

/** The sign-in form. */
export function page(locale: Locale, form: Form): string {
  const texts = words[locale];
  const other = locale === 'ko' ? 'en' : 'ko';
  return whole(
    locale,
    texts.title,
    `<p class="about">${texts.about}</p>
<form method="post" action="?lang=${locale}" novalidate>
${input(form, 'name', texts.name, 'text', 'name')}
${input(form, 'email', texts.email, 'email', 'email')}
<fieldset${described(form, 'plan')}>
<legend>${texts.plan}</legend>
${fault(form, 'plan')}
${plans.map((plan) => radio(plan, texts.plans[plan], { chosen: plan === form.given.plan })).join('\n')}
</fieldset>
<button type="submit">${texts.submit}</button>
</form>
<p><a href="?lang=${other}" lang="${other}" hreflang="${other}">${texts.other}</a></p>`,
  );
}

/** The page of a sign-in that fails; `reason` is the protocol's error code. */
export function failurePage(locale: Locale, reason: string): string {
  const texts = words[locale];
  return whole(locale, texts.failed, `<p role="alert">${texts.again}</p>\n<p><code>${escaped(reason)}</code></p>`);
}

function input(form: Form, field: 'name' | 'email', label: string, type: string, complete: string): string {
  return `<label for="${field}">${label}</label>
${fault(form, field)}
<input id="${field}" name="${field}" type="${type}" autocomplete="${complete}" required value="${escaped(form.given[field])}"${described(form, field)}>`;
}

function radio(plan: string, label: string, { chosen }: { readonly chosen: boolean }): string {
  return `<label class="choice"><input type="radio" name="plan" value="${plan}"${chosen ? ' checked' : ''}> ${label}</label>`;
}

function fault({ faults }: Form, field: Field): string {
  return faults[field] ? `<p class="fault" id="${field}-fault" role="alert">${faults[field]}</p>` : '';
}

function described({ faults }: Form, field: Field): string {
  return faults[field] ? ` aria-invalid="true" aria-describedby="${field}-fault"` : '';
}

const style = `
:root { color-scheme: light dark; font: 1rem/1.6 system-ui, sans-serif; }
body { margin: 0; display: grid; min-height: 100vh; place-items: center; background: #f4f5f7; color: #1c2330; }
main { box-sizing: border-box; width: min(100%, 26rem); padding: 2rem; background: #fff; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; }
.about { padding: .75rem 1rem; background: #fff4d6; color: #4d3800; }
label, legend { display: block; margin-top: 1rem; font-weight: 600; }
input[type=text], input[type=email] { box-sizing: border-box; width: 100%; padding: .6rem; font: inherit; border: 1px solid #6b7280; background: #fff; color: #1c2330; }
fieldset { margin: 1rem 0; padding: 0; border: 0; }
.choice { display: inline-block; margin: .5rem 1rem 0 0; padding: .25rem 0; font-weight: 400; }
button { width: 100%; padding: .75rem; font: inherit; font-weight: 600; border: 0; background: #1f4fbf; color: #fff; cursor: pointer; }
a { color: #1f4fbf; }
:focus-visible { outline: 3px solid #1f4fbf; outline-offset: 2px; }
.fault { margin: .25rem 0; color: #b00020; }
@media (prefers-color-scheme: dark) {
  body { background: #10141c; color: #e6e9f0; }
  main { background: #1a2030; }
  .about { background: #3a2f10; color: #ffe9b0; }
  input[type=text], input[type=email] { background: #10141c; color: #e6e9f0; border-color: #9aa3b5; }
  a { color: #9db8ff; }
  .fault { color: #ff9aa8; }
  :focus-visible { outline-color: #9db8ff; }
}
`;

/** What a content security policy says to allow this style and no other. */
export const styleSource = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

function whole(locale: Locale, title: string, content: string): string {
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} - Dojang</title>
<style>${style}</style>
</head>
<body>
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
}

function escaped(text: string): string {
  const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? '');
}
