/** The other language, called by its own name. */
import { chooseLanguage, useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import styles from './language-switch.module.css';

const short = { ko: '한', en: 'EN' } as const;

export function LanguageSwitch() {
  const { t, language } = useWords();
  const other = language === 'ko' ? 'en' : 'ko';
  return (
    <Button look="quiet" lang={other} aria-label={t(`language.${other}`)} onClick={() => void chooseLanguage(other)}>
      <span className={styles.long}>{t(`language.${other}`)}</span>
      <span className={styles.short}>{short[other]}</span>
    </Button>
  );
}
