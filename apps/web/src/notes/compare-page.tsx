/** Two or three homes side by side; on a phone one under the other. */
import { useSearchParams } from 'react-router';
import type { Note } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { SignedIn } from '../shell/account/signed-in.tsx';
import { Page } from '../shell/page.tsx';
import { BackLink } from '../ui/back-link.tsx';
import { Empty } from '../ui/feedback/empty.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { SkeletonSheets } from '../ui/feedback/skeleton.tsx';
import { ButtonLink } from '../ui/form/button.tsx';
import { useMedia } from '../ui/use-media.ts';
import { CompareCards, CompareTable } from './compare-views.tsx';
import { mostCompared } from './comparison.ts';
import { useNotes } from './queries.ts';
import { useCompareRows } from './use-compare-rows.ts';

export default function ComparePage() {
  const { t } = useWords();
  return (
    <Page title={t('notes.compare.title')} lead={t('notes.compare.lead')} before={<BackLink to="/notes">{t('notes.title')}</BackLink>}>
      <SignedIn>{() => <Compare />}</SignedIn>
    </Page>
  );
}

function Compare() {
  const [search] = useSearchParams();
  const ids = (search.get('ids') ?? '').split(',').slice(0, mostCompared);
  return (
    <Loaded query={useNotes()} skeleton={<SkeletonSheets count={2} />}>
      {({ items }) => <Compared notes={ids.flatMap((id) => items.find((note) => note.id === id) ?? [])} />}
    </Loaded>
  );
}

function Compared({ notes }: { notes: readonly Note[] }) {
  const { t } = useWords();
  const narrow = useMedia('(width < 44rem)');
  const rows = useCompareRows(notes);
  if (notes.length < 2) {
    return (
      <Empty title={t('notes.compare.pick')} body={t('notes.compare.hint')}>
        <ButtonLink to="/notes">{t('notes.compare.back')}</ButtonLink>
      </Empty>
    );
  }
  return narrow ? <CompareCards notes={notes} rows={rows} /> : <CompareTable notes={notes} rows={rows} />;
}
