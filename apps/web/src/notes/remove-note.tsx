/** Deletes a note, after asking. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Note } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { useSay } from '../shell/spoken.tsx';
import { ConfirmRemoval } from '../ui/feedback/dialog.tsx';
import { Button } from '../ui/form/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { useRemoveNote } from './queries.ts';

export function RemoveNote({ note }: { note: Note }) {
  const { t } = useWords();
  const say = useSay();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const removal = useRemoveNote(note.id);
  const remove = () =>
    removal.mutate(undefined, {
      onSuccess: () => {
        say(t('notes.removed'));
        navigate('/notes');
      },
    });
  return (
    <div>
      <Button look="quiet" onClick={() => setAsking(true)}>
        <Icon name="remove" />
        {t('remove')}
      </Button>
      <ConfirmRemoval
        open={asking}
        title={t('notes.confirm.title')}
        body={t('notes.confirm.body', { title: note.title })}
        busy={removal.isPending}
        error={removal.error}
        onConfirm={remove}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
