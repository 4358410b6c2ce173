/** Where a contract stands, as a sign with words. */
import type { ContractStatus } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import styles from './status-mark.module.css';

const icons = {
  waiting: 'clock',
  running: 'pen',
  answered: 'check',
  late: 'again',
  unreadable: 'caution',
} as const satisfies Record<ContractStatus, IconName>;

export function StatusMark({ status }: { status: ContractStatus }) {
  const { t } = useWords();
  return (
    <span className={`${styles.mark} ${styles[status]}`}>
      <Icon name={icons[status]} />
      {t(`contracts.status.${status}`)}
    </span>
  );
}
