/** A risk by shape, word and colour: never by colour alone. */
import type { Risk } from '../../api/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { Icon } from '../../ui/icon.tsx';
import styles from './risk-mark.module.css';

export function RiskMark({ risk }: { risk: Risk }) {
  const { t } = useWords();
  return (
    <span className={`${styles.mark} ${styles[risk]}`}>
      <Icon name={risk} />
      {t(`explanation.risk.${risk}`)}
    </span>
  );
}
