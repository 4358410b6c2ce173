/** The language of the page: what the person chose, else what the browser prefers, else Korean. */
import i18next from 'i18next';
import { initReactI18next, useTranslation } from 'react-i18next';
import type { Bilingual } from '../api/schemas.ts';
import type { Language } from '../words/money.ts';
import { ko } from './ko/index.ts';
import { preferred } from './preferred.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof ko };
  }
}

const kept = 'dojang.language';

export async function startLanguage(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'ko',
    fallbackLng: 'ko',
    resources: { ko: { translation: ko } },
    interpolation: { escapeValue: false },
  });
  i18next.on('languageChanged', (language) => document.documentElement.setAttribute('lang', language));
  await speak(preferred(localStorage.getItem(kept), navigator.languages));
}

/** Switches and remembers. */
export async function chooseLanguage(language: Language): Promise<void> {
  localStorage.setItem(kept, language);
  await speak(language);
}

async function speak(language: Language): Promise<void> {
  if (language === 'en' && !i18next.hasResourceBundle('en', 'translation')) {
    const { en } = await import('./en/index.ts');
    i18next.addResourceBundle('en', 'translation', en);
  }
  await i18next.changeLanguage(language);
}

export function useWords() {
  const { t, i18n } = useTranslation();
  const language: Language = i18n.resolvedLanguage === 'en' ? 'en' : 'ko';
  return { t, language, of: (words: Bilingual) => words[language] };
}

export type Translate = ReturnType<typeof useWords>['t'];
