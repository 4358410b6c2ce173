/** A place for words that are spoken and shown for a moment: "saved", "page 2 is now page 1". */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useState } from 'react';
import styles from './spoken.module.css';

interface SayOptions {
  /** For screen readers only, where the text is visible elsewhere. */
  readonly unseen?: boolean;
}

type Say = (words: string, options?: SayOptions) => void;

interface Said {
  readonly words: string;
  readonly unseen: boolean;
}

const shownMs = 6000;
const Saying = createContext<Say>(() => undefined);

export function useSay(): Say {
  return useContext(Saying);
}

export function Spoken({ children }: { children: ReactNode }) {
  const [said, setSaid] = useState<Said>();
  const say = useCallback<Say>((words, { unseen = false } = {}) => setSaid({ words, unseen }), []);
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(undefined), shownMs);
    return () => clearTimeout(timer);
  }, [said]);
  return (
    <Saying value={say}>
      {children}
      <div role="status" aria-live="polite" className={styles.place}>
        {said && <p className={said.unseen ? 'unseen' : styles.words}>{said.words}</p>}
      </div>
    </Saying>
  );
}
