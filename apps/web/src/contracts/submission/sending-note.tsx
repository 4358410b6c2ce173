/** How much of the pages has left the device. */
import { useWords } from '../../i18n/index.ts';
import styles from './sending-note.module.css';

export function SendingNote({ share }: { share: number }) {
  const { t } = useWords();
  const words = share < 1 ? t('contracts.submit.sending', { percent: Math.round(share * 100) }) : t('contracts.submit.sent');
  return (
    <div className={styles.note}>
      <label htmlFor="sending">{words}</label>
      <progress id="sending" className={styles.bar} max={1} value={share} />
    </div>
  );
}
