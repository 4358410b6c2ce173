/**
 * A page: its title in the window and at the top. After a change of page the title gets the focus,
 * so it is read aloud.
 */
import { type ReactNode, useEffect, useRef } from 'react';
import { useLocation, useNavigationType } from 'react-router';
import { useWords } from '../i18n/index.ts';
import styles from './page.module.css';

export interface PageProps {
  readonly title: string;
  /** What stands in the window's title, where it is not the heading. */
  readonly windowTitle?: string;
  readonly before?: ReactNode;
  readonly lead?: ReactNode;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly narrow?: boolean;
}

export function Page({ title, windowTitle = title, before, lead, actions, children, narrow = false }: PageProps) {
  const { t } = useWords();
  const heading = usePageFocus();
  return (
    <div className={narrow ? `${styles.page} ${styles.narrow}` : styles.page}>
      <title>{`${windowTitle} · ${t('app.name')}`}</title>
      <header className={styles.header}>
        <div>
          {before}
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {lead && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/**
 * Moves focus and view to the heading of a page that was come to from another, but not on the first
 * page of a visit.
 */
export function usePageFocus() {
  const heading = useRef<HTMLHeadingElement>(null);
  const { key } = useLocation();
  const back = useNavigationType() === 'POP';
  // How this page was come to: a later search on the same page is no new page.
  const arrival = useRef({ first: key === 'default', back });
  useEffect(() => {
    if (arrival.current.first) return;
    heading.current?.focus({ preventScroll: true });
    if (!arrival.current.back) window.scrollTo(0, 0);
  }, []);
  return heading;
}
