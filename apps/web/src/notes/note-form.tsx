/** The form of a house note. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Note } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { useSay } from '../shell/spoken.tsx';
import { ProblemNotice } from '../ui/feedback/problem-notice.tsx';
import { Button, ButtonLink } from '../ui/form/button.tsx';
import { Field } from '../ui/form/field.tsx';
import styles from '../ui/form/form.module.css';
import { MoneyField } from '../ui/form/money-field.tsx';
import { useForm } from '../ui/form/use-form.ts';
import { unitOf } from '../words/money.ts';
import { emptyNote, formOf, noteBody, noteRules } from './note-words.ts';
import { useSaveNote } from './queries.ts';

export function NoteForm({ note }: { note: Note | undefined }) {
  const { t } = useWords();
  const { form, unit, save } = useNoteForm(note);
  return (
    <form ref={form.element} className={styles.form} onSubmit={form.onSubmit} noValidate>
      <Field {...form.field('title')} hint={t('notes.field.titleHint')}>
        {(control) => <input {...control} {...form.control('title')} required autoComplete="off" />}
      </Field>
      <Field {...form.field('address')} optional>
        {(control) => <input {...control} {...form.control('address')} autoComplete="off" />}
      </Field>
      <div className={styles.pair}>
        <MoneyField {...form.money('deposit')} unit={unit} optional />
        <MoneyField {...form.money('monthlyRent')} unit={unit} optional />
      </div>
      <Field {...form.field('visitedOn')} optional>
        {(control) => <input {...control} {...form.control('visitedOn')} type="date" />}
      </Field>
      <Field {...form.field('memo')} optional hint={t('notes.field.memoHint')}>
        {(control) => <textarea {...control} {...form.control('memo')} rows={5} />}
      </Field>
      {form.faultCount > 0 && (
        <p role="alert" className={styles.errors}>
          {t('field.errors', { count: form.faultCount })}
        </p>
      )}
      {save.error && <ProblemNotice error={save.error} />}
      <div className={styles.actions}>
        <Button look="main" type="submit" disabled={save.isPending}>
          {t(save.isPending ? 'saving' : 'save')}
        </Button>
        <ButtonLink look="quiet" to="/notes">
          {t('cancel')}
        </ButtonLink>
      </div>
    </form>
  );
}

function useNoteForm(note: Note | undefined) {
  const { t, language } = useWords();
  const say = useSay();
  const navigate = useNavigate();
  const save = useSaveNote(note?.id);
  // Sums keep the meaning that they had when they were typed, even if the language is switched
  // meanwhile.
  const [unit] = useState(() => unitOf(language));
  const form = useForm({
    start: note ? formOf(note, language) : emptyNote,
    rules: noteRules(unit),
    labels: {
      title: t('notes.field.title'),
      address: t('notes.field.address'),
      deposit: t('notes.field.deposit'),
      monthlyRent: t('notes.field.monthlyRent'),
      visitedOn: t('notes.field.visitedOn'),
      memo: t('notes.field.memo'),
    },
    error: save.error,
    send: (texts) =>
      save.mutate(noteBody(texts, unit, note?.checked ?? []), {
        onSuccess: () => {
          say(t('notes.saved'));
          navigate('/notes');
        },
      }),
  });
  return { form, unit, save };
}
