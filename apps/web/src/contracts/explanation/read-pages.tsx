/** What was read on each page, so that a user who sent five and sees four finds the missing one. */
import type { Explanation } from '../../api/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import styles from './read-pages.module.css';

export function ReadPages({ pages }: { pages: Explanation['pages'] }) {
  const { t } = useWords();
  if (pages.length === 0) return null;
  return (
    <details className={styles.read}>
      <summary className={styles.summary}>{t('explanation.read.title')}</summary>
      <ul>
        {pages.map(({ number, characters, ocr }) => (
          <li key={number}>
            {t('explanation.read.line', { number, count: characters })} ({t(ocr ? 'explanation.read.ocr' : 'explanation.read.text')})
          </li>
        ))}
      </ul>
    </details>
  );
}
