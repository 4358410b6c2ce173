/** The pages of a draft, kept while the user looks at other pages of the site. */
import { createContext, type ReactNode, useContext, useMemo, useRef, useState } from 'react';
import { type Admission, admit, moved, type Sized } from './limits.ts';

export interface DraftPage extends Sized {
  readonly id: string;
  readonly file: File;
  /** Of a page that is text: its beginning. */
  readonly excerpt?: string | undefined;
}

interface Drafted {
  readonly pages: readonly DraftPage[];
  /** Changes with the pages: the same pages sent twice make one contract. */
  readonly key: string;
}

export interface Draft extends Drafted {
  /** Takes what fits, and answers what did not. */
  readonly add: (pages: readonly DraftPage[]) => Admission<DraftPage>;
  readonly move: (index: number, by: number) => void;
  readonly remove: (id: string) => void;
  /** Remembers what a contract was made of, until the window is closed, and starts anew. */
  readonly sent: (contract: string, pages: readonly DraftPage[]) => void;
  readonly pagesOf: (contract: string) => readonly DraftPage[] | undefined;
}

const Drafting = createContext<Draft | undefined>(undefined);

export function useDraft(): Draft {
  const draft = useContext(Drafting);
  if (!draft) throw new Error('no DraftProvider above');
  return draft;
}

export function DraftProvider({ children }: { children: ReactNode }) {
  const [drafted, setDrafted] = useState<Drafted>(nothing);
  const [sent, setSent] = useState<ReadonlyMap<string, readonly DraftPage[]>>(new Map());
  // Photos are prepared in the background: what comes next is weighed against the newest pages, not
  // the last drawn ones.
  const newest = useRef(drafted);
  const draft = useMemo(() => {
    const set = (pages: readonly DraftPage[]) => {
      newest.current = { pages, key: freshKey() };
      setDrafted(newest.current);
    };
    return {
      ...drafted,
      add: (more: readonly DraftPage[]) => {
        const admission = admit(newest.current.pages, more);
        set([...newest.current.pages, ...admission.taken]);
        return admission;
      },
      move: (index: number, by: number) => set(moved(newest.current.pages, index, by)),
      remove: (id: string) => set(newest.current.pages.filter((page) => page.id !== id)),
      sent: (contract: string, pages: readonly DraftPage[]) => {
        setSent((before) => new Map(before).set(contract, pages));
        set([]);
      },
      pagesOf: (contract: string) => sent.get(contract),
    };
  }, [drafted, sent]);
  return <Drafting value={draft}>{children}</Drafting>;
}

function nothing(): Drafted {
  return { pages: [], key: freshKey() };
}

/** `crypto.randomUUID` is missing on pages without TLS. */
export function freshKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
