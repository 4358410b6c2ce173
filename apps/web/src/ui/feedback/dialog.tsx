/**
 * A modal dialog of the browser: it keeps the focus inside, closes with Escape and gives the focus
 * back.
 */
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../form/button.tsx';
import styles from './dialog.module.css';
import { ProblemNotice } from './problem-notice.tsx';

export interface DialogProps {
  readonly open: boolean;
  readonly title: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
  readonly actions: ReactNode;
}

export function Dialog({ open, title, onClose, children, actions }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const id = useId();
  useEffect(() => {
    if (open) dialog.current?.showModal();
    else dialog.current?.close();
  }, [open]);
  return (
    <dialog ref={dialog} className={styles.dialog} aria-labelledby={id} onClose={onClose}>
      <h2 id={id} className={styles.title}>
        {title}
      </h2>
      <div className={styles.body}>{children}</div>
      <div className={styles.actions}>{actions}</div>
    </dialog>
  );
}

export interface ConfirmProps {
  readonly open: boolean;
  readonly title: string;
  readonly body: string;
  readonly busy: boolean;
  readonly error: Error | null;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Asks before something is deleted for good. */
export function ConfirmRemoval({ open, title, body, busy, error, onConfirm, onClose }: ConfirmProps) {
  const { t } = useWords();
  const actions = (
    <>
      <Button onClick={onClose}>{t('cancel')}</Button>
      <Button look="danger" onClick={onConfirm} disabled={busy}>
        {busy ? t('removing') : t('remove')}
      </Button>
    </>
  );
  return (
    <Dialog open={open} title={title} onClose={onClose} actions={actions}>
      <p>{body}</p>
      {error && <ProblemNotice error={error} />}
    </Dialog>
  );
}
