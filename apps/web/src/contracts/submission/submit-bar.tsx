/** Sends the draft and shows the progress. */
import { useState } from 'react';
import type { Me } from '../../api/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { ProblemNotice } from '../../ui/feedback/problem-notice.tsx';
import { Button } from '../../ui/form/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useSubmit } from '../queries.ts';
import { useDraft } from './draft.tsx';
import { SendingNote } from './sending-note.tsx';
import styles from './submit-bar.module.css';

export function SubmitBar({ person }: { person: Me }) {
  const { t } = useWords();
  const { pages, key } = useDraft();
  const sending = useSubmit();
  const [pressed, setPressed] = useState(false);
  const left = Math.max(0, person.limits.perDay - person.limits.usedToday);
  const none = pages.length === 0;
  const send = () => {
    setPressed(true);
    if (!none && !sending.isPending) sending.mutate({ pages, key });
  };
  return (
    <div className={styles.bar}>
      <div className={styles.row}>
        <Button
          look="main"
          className={styles.send}
          onClick={send}
          aria-disabled={sending.isPending}
          aria-describedby={none ? 'submit-none' : undefined}
        >
          {t('contracts.submit.action')}
          <Icon name="forward" />
        </Button>
        <p className={styles.left}>{left > 0 ? t('contracts.submit.left', { count: left }) : t('contracts.submit.leftNone')}</p>
      </div>
      {none && (
        <p key={String(pressed)} id="submit-none" className={pressed ? styles.first : styles.note} role={pressed ? 'alert' : undefined}>
          {t('contracts.submit.none')}
        </p>
      )}
      {sending.isPending && <SendingNote share={sending.share} />}
      {sending.error && <ProblemNotice error={sending.error} retry={none ? undefined : send} busy={sending.isPending} />}
      <p className={styles.note}>{t('contracts.submit.privacy')}</p>
    </div>
  );
}
