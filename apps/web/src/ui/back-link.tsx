/** The way back to the list that a page belongs to. */
import { Link } from 'react-router';
import styles from './back-link.module.css';
import { Icon } from './icon.tsx';

export function BackLink({ to, children }: { to: string; children: string }) {
  return (
    <Link to={to} className={`${styles.back} screen-only`}>
      <Icon name="back" />
      {children}
    </Link>
  );
}
