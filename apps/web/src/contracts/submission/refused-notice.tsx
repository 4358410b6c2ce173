/** Which files were not taken, and why. */
import { useWords } from '../../i18n/index.ts';
import { sizeWords } from '../../words/spans.ts';
import type { DraftPage } from './draft.tsx';
import { type Admission, limits } from './limits.ts';
import styles from './refused-notice.module.css';

export function RefusedNotice({ refused }: { refused: Admission<DraftPage>['refused'] }) {
  const { t, language } = useWords();
  if (refused.length === 0) return null;
  const size = sizeWords(limits.bytes, language);
  const [page, all] = [limits.pageCharacters, limits.characters].map((count) => count.toLocaleString(language));
  return (
    <div className={styles.notice} role="alert">
      <p className={styles.title}>{t('contracts.refused.title')}</p>
      <ul className={styles.files}>
        {refused.map(({ page: { id, name }, reason }) => (
          <li key={id}>{t(`contracts.refused.${reason}`, { name, pages: limits.pages, size, page, all })}</li>
        ))}
      </ul>
    </div>
  );
}
