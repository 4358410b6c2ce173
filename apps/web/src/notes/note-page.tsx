/** Writing a house note: a new one, or one that is there. */
import { useParams } from 'react-router';
import { useWords } from '../i18n/index.ts';
import { SignedIn } from '../shell/account/signed-in.tsx';
import { Page } from '../shell/page.tsx';
import { BackLink } from '../ui/back-link.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { SkeletonSheets } from '../ui/feedback/skeleton.tsx';
import { ButtonLink } from '../ui/form/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { NoteForm } from './note-form.tsx';
import { useNote } from './queries.ts';
import { RemoveNote } from './remove-note.tsx';

export default function NotePage() {
  const { t } = useWords();
  const { id } = useParams();
  return (
    <Page narrow title={t(id === undefined ? 'notes.create' : 'notes.edit')} before={<BackLink to="/notes">{t('notes.title')}</BackLink>}>
      <SignedIn>{() => (id === undefined ? <NoteForm note={undefined} /> : <Existing id={id} />)}</SignedIn>
    </Page>
  );
}

function Existing({ id }: { id: string }) {
  const { t } = useWords();
  return (
    <Loaded query={useNote(id)} skeleton={<SkeletonSheets count={1} />}>
      {(note) => (
        <>
          <p>
            <ButtonLink to={`/checklist?note=${note.id}`}>
              <Icon name="list" />
              {t('notes.openChecklist')}
            </ButtonLink>
          </p>
          <NoteForm note={note} />
          <RemoveNote note={note} />
        </>
      )}
    </Loaded>
  );
}
