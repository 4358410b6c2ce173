/** The person's house notes, and the choice of those to compare. */
import { useState } from 'react';
import type { Note } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { SignedIn } from '../shell/account/signed-in.tsx';
import { Page } from '../shell/page.tsx';
import { Empty } from '../ui/feedback/empty.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { SkeletonSheets } from '../ui/feedback/skeleton.tsx';
import { ButtonLink } from '../ui/form/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { chosen, mostCompared } from './comparison.ts';
import { NoteCard } from './note-card.tsx';
import styles from './notes-page.module.css';
import { useNotes } from './queries.ts';

export default function NotesPage() {
  const { t } = useWords();
  return (
    <Page title={t('notes.title')} lead={t('notes.lead')} actions={<Create />}>
      <SignedIn>{() => <Notes />}</SignedIn>
    </Page>
  );
}

function Create() {
  const { t } = useWords();
  return (
    <ButtonLink look="main" to="/notes/new">
      <Icon name="plus" />
      {t('notes.create')}
    </ButtonLink>
  );
}

function Notes() {
  return (
    <Loaded query={useNotes()} skeleton={<SkeletonSheets />}>
      {({ items }) => (items.length === 0 ? <NoNotes /> : <NoteList items={items} />)}
    </Loaded>
  );
}

function NoNotes() {
  const { t } = useWords();
  return (
    <Empty title={t('notes.empty.title')} body={t('notes.empty.body')}>
      <Create />
    </Empty>
  );
}

function NoteList({ items }: { items: readonly Note[] }) {
  const [ids, setIds] = useState<readonly string[]>([]);
  return (
    <>
      <ul className={styles.list}>
        {items.map((note) => (
          <NoteCard
            key={note.id}
            note={note}
            comparable={items.length > 1}
            selected={ids.includes(note.id)}
            full={ids.length >= mostCompared}
            onSelect={() => setIds(chosen(ids, note.id))}
          />
        ))}
      </ul>
      {items.length > 1 && <CompareBar ids={ids} />}
    </>
  );
}

function CompareBar({ ids }: { ids: readonly string[] }) {
  const { t } = useWords();
  return (
    <div className={styles.compare}>
      <p role="status">{t(ids.length >= mostCompared ? 'notes.compare.full' : 'notes.compare.hint')}</p>
      {ids.length > 1 && (
        <ButtonLink look="main" to={`/notes/compare?ids=${ids.join(',')}`}>
          {t('notes.compare.action', { count: ids.length })}
          <Icon name="forward" />
        </ButtonLink>
      )}
    </div>
  );
}
