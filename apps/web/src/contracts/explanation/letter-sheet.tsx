/** Words of the service to the person, on a sheet of their own. */
import type { ReactNode } from 'react';
import { Seal } from '../../ui/seal.tsx';
import styles from './letter-sheet.module.css';

export function LetterSheet({ words, children }: { words: string; children: ReactNode }) {
  return (
    <div className={styles.sheet}>
      <p className={styles.words}>{words}</p>
      {children}
      <Seal className={styles.seal} />
    </div>
  );
}
