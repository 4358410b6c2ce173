/**
 * Nothing here yet: why, and what to do about it. The dashed square is the place where a seal would
 * go.
 */
import type { ReactNode } from 'react';
import styles from './empty.module.css';

export function Empty({ title, body, children }: { title: string; body: string; children?: ReactNode }) {
  return (
    <div className={styles.empty}>
      <span className={styles.place} aria-hidden="true" />
      <p className={styles.title}>{title}</p>
      <p className={styles.body}>{body}</p>
      {children}
    </div>
  );
}
