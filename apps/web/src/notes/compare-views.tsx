/** The comparison as a table, and as cards where a table has no room. */
import { Link } from 'react-router';
import type { Note } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './compare-views.module.css';
import type { Cell, CompareRow } from './use-compare-rows.ts';

export interface CompareProps {
  readonly notes: readonly Note[];
  readonly rows: readonly CompareRow[];
}

export function CompareTable({ notes, rows }: CompareProps) {
  const { t } = useWords();
  return (
    <table className={styles.table}>
      <caption className="unseen">{t('notes.compare.title')}</caption>
      <thead>
        <tr>
          <td />
          {notes.map(({ id, title }) => (
            <th key={id} scope="col" className={styles.house}>
              <Link to={`/notes/${id}`}>{title}</Link>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ name, cells }) => (
          <tr key={name}>
            <th scope="row" className={styles.name}>
              {name}
            </th>
            {cells.map((cell, index) => (
              <td key={notes[index]?.id}>
                <Words cell={cell} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function CompareCards({ notes, rows }: CompareProps) {
  return (
    <div className={styles.cards}>
      {notes.map(({ id, title }, index) => (
        <section key={id} className={styles.card} aria-labelledby={`house-${id}`}>
          <h2 id={`house-${id}`} className={styles.house}>
            <Link to={`/notes/${id}`}>{title}</Link>
          </h2>
          <dl>
            {rows.map(({ name, cells }) => {
              const cell = cells[index];
              return (
                <div key={name} className={styles.pair}>
                  <dt className={styles.name}>{name}</dt>
                  <dd>{cell && <Words cell={cell} />}</dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
    </div>
  );
}

function Words({ cell }: { cell: Cell }) {
  const { t } = useWords();
  return (
    <>
      <span className={cell.lowest ? styles.best : styles.words}>{cell.words}</span>
      {cell.lowest && (
        <span className={styles.lowest}>
          <Icon name="check" />
          {t('notes.compare.lowest')}
        </span>
      )}
    </>
  );
}
