/** How to take photos that can be read. */
import { useWords } from '../../i18n/index.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './tips.module.css';

const tips = ['light', 'flat', 'each', 'hide'] as const;

export function Tips() {
  const { t } = useWords();
  return (
    <aside className={styles.tips} aria-labelledby="tips">
      <h2 id="tips" className={styles.title}>
        {t('contracts.tips.title')}
      </h2>
      <ul className={styles.list}>
        {tips.map((tip) => (
          <li key={tip} className={styles.tip}>
            <Icon name="check" className={styles.icon} />
            {t(`contracts.tips.${tip}`)}
          </li>
        ))}
      </ul>
    </aside>
  );
}
