/** Shown as soon as the device has lost its network, and removed when it is back. */
import { useSyncExternalStore } from 'react';
import { useWords } from '../i18n/index.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './offline-notice.module.css';

export function OfflineNotice() {
  const { t } = useWords();
  const online = useSyncExternalStore(subscribe, () => navigator.onLine);
  return (
    <div role="status">
      {!online && (
        <p className={styles.notice}>
          <Icon name="cloud" />
          {t('offline')}
        </p>
      )}
    </div>
  );
}

function subscribe(onStoreChange: () => void): () => void {
  window.addEventListener('online', onStoreChange);
  window.addEventListener('offline', onStoreChange);
  return () => {
    window.removeEventListener('online', onStoreChange);
    window.removeEventListener('offline', onStoreChange);
  };
}
