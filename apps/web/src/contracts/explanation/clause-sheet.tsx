/** One clause: its own words, ours, and what to do. */
import type { Clause } from '../../api/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { languageOf } from '../../words/spans.ts';
import styles from './clause-sheet.module.css';
import { RiskMark } from './risk-mark.tsx';
import { Sources } from './sources.tsx';

export function ClauseSheet({ clause }: { clause: Clause }) {
  const { t } = useWords();
  return (
    <article className={`${styles.clause} ${styles[clause.risk]}`}>
      <header className={styles.header}>
        <RiskMark risk={clause.risk} />
        {clause.page ? <span className={styles.page}>{t('explanation.page', { number: clause.page })}</span> : null}
      </header>
      <h3 lang={languageOf(clause.title)}>{clause.title}</h3>
      <figure>
        <figcaption className="unseen">{t('explanation.quote')}</figcaption>
        <blockquote className={styles.quote} lang={languageOf(clause.quote)}>
          {clause.quote}
        </blockquote>
      </figure>
      <p lang={languageOf(clause.explanation)}>{clause.explanation}</p>
      {clause.advice && (
        <div className={styles.advice}>
          <p className={styles.adviceTitle}>{t('explanation.advice')}</p>
          <p lang={languageOf(clause.advice)}>{clause.advice}</p>
        </div>
      )}
      <Sources sources={clause.sources} />
    </article>
  );
}
