/** The sections of the checklist with their ticks, and how many there are. */
import { useState } from 'react';
import type { Checklist } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { useSay } from '../shell/spoken.tsx';
import { ConfirmRemoval } from '../ui/feedback/dialog.tsx';
import { ProblemNotice } from '../ui/feedback/problem-notice.tsx';
import { Button } from '../ui/form/button.tsx';
import type { Ticks } from './queries.ts';
import styles from './sections.module.css';
import { TickItem } from './tick-item.tsx';
import { tickedOf } from './ticks.ts';

export interface SectionsProps {
  readonly list: Checklist;
  readonly ticks: Ticks;
  readonly inNote: boolean;
}

export function Sections({ list, ticks, inNote }: SectionsProps) {
  const { t, of } = useWords();
  if (list.sections.length === 0) return <p>{t('checklist.empty')}</p>;
  return (
    <>
      <Count {...tickedOf(list.sections, ticks.checked)} state={inNote ? t(ticks.saving ? 'checklist.saving' : 'checklist.saved') : ''} />
      {ticks.error && <ProblemNotice error={ticks.error} />}
      {list.sections.map((section, index) => (
        <section key={section.id} className={styles.section} aria-labelledby={`section-${section.id}`}>
          <h2 id={`section-${section.id}`} className={styles.title}>
            <span className={styles.number}>{index + 1}</span>
            {of(section.title)}
            <span className={styles.part}>{t('checklist.progress', tickedOf([section], ticks.checked))}</span>
          </h2>
          <ul>
            {section.items.map((item) => (
              <TickItem key={item.id} item={item} checked={ticks.checked.includes(item.id)} onToggle={() => ticks.toggle(item.id)} />
            ))}
          </ul>
        </section>
      ))}
      {ticks.checked.length > 0 && <Clear onClear={ticks.clear} />}
    </>
  );
}

function Count({ done, total, state }: { done: number; total: number; state: string }) {
  const { t } = useWords();
  const words = t('checklist.progress', { done, total });
  return (
    <div className={styles.count}>
      <p className={styles.countWords}>
        <strong>{words}</strong>
        <span>{done === total && total > 0 ? t('checklist.all') : state}</span>
      </p>
      <progress className={styles.bar} max={total} value={done} aria-label={words} />
    </div>
  );
}

function Clear({ onClear }: { onClear: () => void }) {
  const { t } = useWords();
  const say = useSay();
  const [asking, setAsking] = useState(false);
  const confirm = () => {
    onClear();
    setAsking(false);
    say(t('checklist.clear'), { unseen: true });
  };
  return (
    <div>
      <Button onClick={() => setAsking(true)}>{t('checklist.clear')}</Button>
      <ConfirmRemoval
        open={asking}
        title={t('checklist.clearConfirm.title')}
        body={t('checklist.clearConfirm.body')}
        busy={false}
        error={null}
        onConfirm={confirm}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
