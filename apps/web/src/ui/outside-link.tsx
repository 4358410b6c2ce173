/**
 * A link to another site: it opens beside us, and that site learns nothing of where the reader came
 * from.
 */
import type { ReactNode } from 'react';
import { useWords } from '../i18n/index.ts';
import { Icon } from './icon.tsx';
import styles from './outside-link.module.css';

export function OutsideLink({ href, children }: { href: string; children: ReactNode }) {
  const { t } = useWords();
  return (
    <a className={styles.link} href={href} target="_blank" rel="noopener noreferrer external">
      <span>{children}</span>
      <Icon name="outside" className={styles.icon} />
      <span className="unseen"> ({t('newTab')})</span>
    </a>
  );
}
