/** A lease with one clause marked in red pencil, and a seal coming down. Decoration only. */
import { useWords } from '../i18n/index.ts';
import { Seal } from '../ui/seal.tsx';
import styles from './lease-picture.module.css';

export function LeasePicture() {
  const { t } = useWords();
  return (
    <div className={styles.picture} aria-hidden="true">
      <div className={styles.under} />
      <div className={styles.sheet}>
        <p className={styles.title}>{t('home.picture.title')}</p>
        <Lines last="long" />
        <div className={styles.clause}>
          <p>{t('home.picture.clause')}</p>
          <span className={styles.mark}>{t('home.picture.mark')}</span>
        </div>
        <Lines last="short" />
        <div className={styles.sign}>
          <span>{t('home.picture.tenant')}</span>
          <span className={styles.rule} />
          <span className={styles.here}>
            {t('home.picture.here')}
            <Seal className={styles.seal} />
          </span>
        </div>
      </div>
    </div>
  );
}

function Lines({ last }: { last: 'long' | 'short' }) {
  return (
    <div className={styles.lines}>
      <span className={styles.line} />
      <span className={styles.line} />
      <span className={`${styles.line} ${styles[last]}`} />
    </div>
  );
}
