/** A listing in the list. */
import { Link } from 'react-router';
import type { Listing } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { Price } from '../ui/price.tsx';
import { agoWords } from '../words/spans.ts';
import styles from './listing-card.module.css';

export function ListingCard({ listing }: { listing: Listing }) {
  const { t, language } = useWords();
  const facts = [listing.district, listing.areaM2 && t('listings.area', { area: listing.areaM2 })].filter(Boolean).join(' · ');
  return (
    <li className={styles.card}>
      <h3 className={styles.title}>
        <Link to={`/listings/${listing.id}`}>{listing.title}</Link>
        {listing.mine && <span className={styles.mine}>{t('listings.mine')}</span>}
      </h3>
      <Price deposit={listing.deposit} monthlyRent={listing.monthlyRent} />
      <p className={styles.facts}>{facts}</p>
      {listing.description && <p className={styles.description}>{listing.description}</p>}
      <p className={styles.by}>
        {t('listings.by', { name: listing.author.name })} · {agoWords(listing.createdAt, Date.now(), language)}
      </p>
    </li>
  );
}
