/** The explanation in short: its text, the number of clauses of each risk, and the engine. */
import type { Explanation } from '../../api/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import type { RiskGroup } from './risk-group.ts';
import { RiskMark } from './risk-mark.tsx';
import styles from './summary-sheet.module.css';

export function SummarySheet({ result, groups }: { result: Explanation; groups: readonly RiskGroup[] }) {
  const { t, of } = useWords();
  return (
    <section className={styles.sheet} aria-labelledby="summary">
      <h2 id="summary" className={styles.title}>
        {t('explanation.summary')}
      </h2>
      <p className={styles.words}>{of(result.summary)}</p>
      <ul className={styles.tally} aria-label={t('explanation.tally')}>
        {groups.map((group) => (
          <li key={group.risk}>
            <Count {...group} />
          </li>
        ))}
      </ul>
      <dl className={styles.engine}>
        <dt>{t('explanation.engine')}</dt>
        <dd>{of(result.engine.label)}</dd>
        <dd className={styles.model}>{result.engine.model}</dd>
      </dl>
      <p className={styles.note}>{t('explanation.notAdvice')}</p>
    </section>
  );
}

function Count({ risk, clauses }: RiskGroup) {
  const { t } = useWords();
  const content = (
    <>
      <RiskMark risk={risk} />
      <strong className={styles.count}>{t('explanation.count', { count: clauses.length })}</strong>
    </>
  );
  if (clauses.length === 0) return <span className={styles.row}>{content}</span>;
  return (
    <a className={styles.row} href={`#${risk}`}>
      {content}
    </a>
  );
}
