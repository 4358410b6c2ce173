/** One thing to check, with the reason for it. A tick looks like a small seal. */
import type { Checklist } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import styles from './tick-item.module.css';

type Item = Checklist['sections'][number]['items'][number];

export function TickItem({ item, checked, onToggle }: { item: Item; checked: boolean; onToggle: () => void }) {
  const { t, of } = useWords();
  return (
    <li className={styles.item}>
      <label className={styles.label}>
        <input type="checkbox" className={styles.box} checked={checked} onChange={onToggle} />
        <span className={styles.text}>{of(item.text)}</span>
      </label>
      <details className={styles.why}>
        <summary className={styles.summary}>
          {t('checklist.why')}
          <span className="unseen"> {of(item.text)}</span>
        </summary>
        <p className={styles.reason}>{of(item.why)}</p>
      </details>
    </li>
  );
}
