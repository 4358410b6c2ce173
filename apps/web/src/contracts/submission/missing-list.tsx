/**
 * What would protect the tenant and is not in the contract. Dashed, like a place that was not
 * stamped.
 */
import type { Missing } from '../../api/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { languageOf } from '../../words/spans.ts';
import { Sources } from '../explanation/sources.tsx';
import styles from './missing-list.module.css';

export function MissingList({ missing }: { missing: readonly Missing[] }) {
  const { t } = useWords();
  if (missing.length === 0) return null;
  return (
    <section className={styles.missing} aria-labelledby="missing">
      <div>
        <h2 id="missing">{t('explanation.missing.title')}</h2>
        <p className={styles.lead}>{t('explanation.missing.lead')}</p>
      </div>
      <ul className={styles.list}>
        {missing.map(({ title, explanation, sources }) => (
          <li key={title} className={styles.item}>
            <h3 lang={languageOf(title)}>{title}</h3>
            <p lang={languageOf(explanation)}>{explanation}</p>
            <Sources sources={sources} />
          </li>
        ))}
      </ul>
    </section>
  );
}
