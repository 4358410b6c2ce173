/** One listing in full. */
import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import type { Listing } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { Page } from '../shell/page.tsx';
import { useSay } from '../shell/spoken.tsx';
import { BackLink } from '../ui/back-link.tsx';
import { ConfirmRemoval } from '../ui/feedback/dialog.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { SkeletonSheets } from '../ui/feedback/skeleton.tsx';
import { Button } from '../ui/form/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { Price } from '../ui/price.tsx';
import { agoWords } from '../words/spans.ts';
import styles from './listing-page.module.css';
import { useListing, useRemoveListing } from './queries.ts';

export default function ListingPage() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const query = useListing(id);
  return (
    <Page narrow title={query.data?.title ?? t('listings.title')} before={<BackLink to="/listings">{t('listings.back')}</BackLink>}>
      <Loaded query={query} skeleton={<SkeletonSheets count={1} />}>
        {(listing) => <Sheet listing={listing} />}
      </Loaded>
    </Page>
  );
}

function Sheet({ listing }: { listing: Listing }) {
  const { t, language } = useWords();
  const facts = [listing.district, listing.areaM2 && t('listings.area', { area: listing.areaM2 })].filter(Boolean).join(' · ');
  return (
    <>
      <article className={styles.sheet}>
        <Price deposit={listing.deposit} monthlyRent={listing.monthlyRent} />
        <p>{facts}</p>
        <p className={styles.description}>{listing.description || t('listings.noDescription')}</p>
        <p className={styles.by}>
          {t('listings.by', { name: listing.author.name })} · {agoWords(listing.createdAt, Date.now(), language)}
        </p>
      </article>
      <p className={styles.caution}>
        <Icon name="caution" />
        {t('listings.caution')}
      </p>
      {listing.mine && <Remove listing={listing} />}
    </>
  );
}

function Remove({ listing }: { listing: Listing }) {
  const { t } = useWords();
  const say = useSay();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const removal = useRemoveListing(listing.id);
  const remove = () =>
    removal.mutate(undefined, {
      onSuccess: () => {
        say(t('listings.removed'));
        navigate('/listings');
      },
    });
  return (
    <div>
      <Button onClick={() => setAsking(true)}>
        <Icon name="remove" />
        {t('listings.remove')}
      </Button>
      <ConfirmRemoval
        open={asking}
        title={t('listings.confirm.title')}
        body={t('listings.confirm.body', { title: listing.title })}
        busy={removal.isPending}
        error={removal.error}
        onConfirm={remove}
        onClose={() => setAsking(false)}
      />
    </div>
  );
}
