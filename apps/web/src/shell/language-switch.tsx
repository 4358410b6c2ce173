/** The other language, called by its own name. */
import { chooseLanguage, useWords } from '../i18n/index.ts';
import { Button } from '../ui/form/button.tsx';

export function LanguageSwitch() {
  const { t, language } = useWords();
  const other = language === 'ko' ? 'en' : 'ko';
  return (
    <Button look="quiet" lang={other} onClick={() => void chooseLanguage(other)}>
      {t(`language.${other}`)}
    </Button>
  );
}
