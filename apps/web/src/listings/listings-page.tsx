/** Searching the listings. */
import { useSearchParams } from 'react-router';
import { useWords } from '../i18n/index.ts';
import { Page } from '../shell/page.tsx';
import { Empty } from '../ui/feedback/empty.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { More } from '../ui/feedback/more.tsx';
import { SkeletonSheets } from '../ui/feedback/skeleton.tsx';
import { Button, ButtonLink } from '../ui/form/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { type Filter, filterOf, isFiltered, searchOf } from './filter.ts';
import { ListingCard } from './listing-card.tsx';
import styles from './listings-page.module.css';
import { useListings } from './queries.ts';
import { SearchForm } from './search-form.tsx';

export default function ListingsPage() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const filter = filterOf(search);
  const find = (next: Filter) => setSearch(searchOf(next));
  return (
    <Page title={t('listings.title')} lead={t('listings.lead')} actions={<Create />}>
      <SearchForm key={search.toString()} filter={filter} onFind={find} />
      <Found filter={filter} onClear={() => setSearch({})} />
    </Page>
  );
}

function Create() {
  const { t } = useWords();
  return (
    <ButtonLink look="main" to="/listings/new">
      <Icon name="plus" />
      {t('listings.create')}
    </ButtonLink>
  );
}

function Found({ filter, onClear }: { filter: Filter; onClear: () => void }) {
  const { t } = useWords();
  const query = useListings(filter);
  return (
    <section className={styles.found} aria-labelledby="found">
      <h2 id="found" className="unseen">
        {t('listings.found')}
      </h2>
      <Loaded query={query} skeleton={<SkeletonSheets count={4} />}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return isFiltered(filter) ? <NoneFits onClear={onClear} /> : <NoneYet />;
          return (
            <>
              <p role="status" className={styles.count}>
                {t('listings.shown', { count: items.length })} {!query.hasNextPage && pages.length > 1 && t('listings.end')}
              </p>
              <ul className={styles.list}>
                {items.map((listing) => (
                  <ListingCard key={listing.id} listing={listing} />
                ))}
              </ul>
            </>
          );
        }}
      </Loaded>
      <More query={query} />
    </section>
  );
}

function NoneYet() {
  const { t } = useWords();
  return (
    <Empty title={t('listings.empty.title')} body={t('listings.empty.body')}>
      <Create />
    </Empty>
  );
}

function NoneFits({ onClear }: { onClear: () => void }) {
  const { t } = useWords();
  return (
    <Empty title={t('listings.none.title')} body={t('listings.none.body')}>
      <Button onClick={onClear}>{t('listings.search.clear')}</Button>
    </Empty>
  );
}
