/** The person's own contracts, newest first. */
import { useEffect, useRef } from 'react';
import { Link, useLocation } from 'react-router';
import type { ContractLine } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { More } from '../ui/feedback/more.tsx';
import { SkeletonSheets } from '../ui/feedback/skeleton.tsx';
import { momentWords } from '../words/spans.ts';
import styles from './history.module.css';
import { useContracts } from './queries.ts';
import { StatusMark } from './status-mark.tsx';

export function History() {
  const { t } = useWords();
  const query = useContracts();
  const section = useScrollTo('#history');
  return (
    <section ref={section} className={styles.history} aria-labelledby="history">
      <h2 id="history">{t('contracts.history.title')}</h2>
      <Loaded query={query} skeleton={<SkeletonSheets count={2} />}>
        {({ pages }) => <Lines items={pages.flatMap(({ items }) => items)} />}
      </Loaded>
      <More query={query} />
    </section>
  );
}

function Lines({ items }: { items: readonly ContractLine[] }) {
  const { t } = useWords();
  if (items.length === 0) return <p className={styles.empty}>{t('contracts.history.empty')}</p>;
  return (
    <ul className={styles.list}>
      {items.map((item) => (
        <li key={item.id}>
          <Line item={item} />
        </li>
      ))}
    </ul>
  );
}

function Line({ item }: { item: ContractLine }) {
  const { t, language, of } = useWords();
  return (
    <Link to={`/contracts/${item.id}`} className={styles.line}>
      <StatusMark status={item.status} />
      <span className={styles.summary}>{item.summary ? of(item.summary) : t('contracts.history.untitled', { count: item.pageCount })}</span>
      <span className={styles.meta}>{momentWords(item.createdAt, language)}</span>
    </Link>
  );
}

/** Brings a part of the page into view when the address asks for it. */
function useScrollTo(hash: string) {
  const element = useRef<HTMLElement>(null);
  const asked = useLocation().hash === hash;
  useEffect(() => {
    if (asked) element.current?.scrollIntoView();
  }, [asked]);
  return element;
}
