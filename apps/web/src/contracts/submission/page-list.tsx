/**
 * The pages of the draft in their order; each can be moved and removed with the keyboard as well.
 */
import { useEffect, useRef } from 'react';
import { useWords } from '../../i18n/index.ts';
import { useSay } from '../../shell/spoken.tsx';
import { Button } from '../../ui/form/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { sizeWords } from '../../words/spans.ts';
import { type DraftPage, useDraft } from './draft.tsx';
import { limits, totalSize } from './limits.ts';
import styles from './page-list.module.css';
import { PagePreview } from './page-preview.tsx';

export function PageList() {
  const { t, language } = useWords();
  const { pages } = useDraft();
  const { list, remove, move } = useEditing();
  if (pages.length === 0) return null;
  const used = {
    pages: pages.length,
    maxPages: limits.pages,
    size: sizeWords(totalSize(pages), language),
    maxSize: sizeWords(limits.bytes, language),
  };
  return (
    <section className={styles.section} aria-labelledby="draft-pages">
      <div className={styles.head}>
        <h2 id="draft-pages" tabIndex={-1}>
          {t('contracts.pages.title')}
        </h2>
        <p className={styles.used}>{t('contracts.pages.used', used)}</p>
      </div>
      <ol className={styles.list} ref={list}>
        {pages.map((page, index) => (
          <li key={page.id} className={styles.page}>
            <PagePreview page={page} />
            <p className={styles.number}>{t('contracts.pages.page', { number: index + 1 })}</p>
            <p className={styles.name}>
              {page.name} · {sizeWords(page.size, language)}
            </p>
            <div className={styles.actions}>
              <Move page={page} index={index} by={-1} last={pages.length - 1} onMove={move} />
              <Move page={page} index={index} by={1} last={pages.length - 1} onMove={move} />
              <Button look="quiet" aria-label={t('contracts.pages.remove', { number: index + 1 })} onClick={() => remove(page, index)}>
                <Icon name="remove" />
              </Button>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}

interface MoveProps {
  readonly page: DraftPage;
  readonly index: number;
  readonly by: -1 | 1;
  readonly last: number;
  readonly onMove: (page: DraftPage, index: number, by: number) => void;
}

/** At an end it stays focusable, so that the keyboard is not thrown out of the list. */
function Move({ page, index, by, last, onMove }: MoveProps) {
  const { t } = useWords();
  const way = by < 0 ? 'earlier' : 'later';
  const ended = by < 0 ? index === 0 : index === last;
  return (
    <Button
      look="quiet"
      aria-label={t(`contracts.pages.${way}`, { number: index + 1 })}
      aria-disabled={ended}
      onClick={() => ended || onMove(page, index, by)}
    >
      <Icon name={way} className={styles.turn} />
    </Button>
  );
}

function useEditing() {
  const { t } = useWords();
  const say = useSay();
  const draft = useDraft();
  const list = useRef<HTMLOListElement>(null);
  const removed = useRef<number>(undefined);
  // The button that was pressed is gone; the focus goes to that of the page which took its place.
  useEffect(() => {
    if (removed.current === undefined) return;
    const next = Math.min(removed.current, draft.pages.length - 1);
    removed.current = undefined;
    list.current?.children[next]?.querySelector<HTMLButtonElement>('button:last-of-type')?.focus();
  }, [draft.pages]);
  return {
    list,
    remove(page: DraftPage, index: number) {
      removed.current = index;
      draft.remove(page.id);
      say(t('contracts.pages.removed', { name: page.name }), { unseen: true });
    },
    move(page: DraftPage, index: number, by: number) {
      draft.move(index, by);
      say(t('contracts.pages.moved', { name: page.name, number: index + by + 1 }), { unseen: true });
    },
  };
}
