/** What to check before signing, with the reasons, and ticks that are kept. */

import { useMe } from '../api/me.ts';
import type { Checklist, Note } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { useNotes } from '../notes/queries.ts';
import { Page } from '../shell/page.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { SkeletonSheets } from '../ui/feedback/skeleton.tsx';
import { HousePicker, useHouse } from './house-picker.tsx';
import { useChecklist, useLocalTicks, useNoteTicks } from './queries.ts';
import { Sections } from './sections.tsx';

export default function ChecklistPage() {
  const { t } = useWords();
  const checklist = useChecklist();
  const { data: person } = useMe();
  const notes = useNotes(Boolean(person));
  const [house] = useHouse();
  const note = person ? notes.data?.items.find(({ id }) => id === house) : undefined;
  return (
    <Page narrow title={t('checklist.title')} lead={t('checklist.lead')}>
      <HousePicker signedIn={Boolean(person)} notes={notes.data?.items ?? []} />
      <Loaded query={checklist} skeleton={<SkeletonSheets count={4} />}>
        {(list) => (note ? <OfNote key={note.id} list={list} note={note} /> : <OnDevice list={list} />)}
      </Loaded>
    </Page>
  );
}

function OfNote({ list, note }: { list: Checklist; note: Note }) {
  return <Sections list={list} ticks={useNoteTicks(note)} inNote />;
}

function OnDevice({ list }: { list: Checklist }) {
  return <Sections list={list} ticks={useLocalTicks()} inNote={false} />;
}
