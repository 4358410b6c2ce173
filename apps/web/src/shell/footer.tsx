/** What the service is not, and where help is. */
import { useWords } from '../i18n/index.ts';
import { Seal } from '../ui/seal.tsx';
import styles from './footer.module.css';

export function Footer() {
  const { t } = useWords();
  return (
    <footer className={styles.footer}>
      <div className={styles.row}>
        <Seal className={styles.seal} />
        <div>
          <p>{t('footer.note')}</p>
          <p>{t('footer.help')}</p>
        </div>
      </div>
    </footer>
  );
}
