/** Deposit and rent as people say them; without a rent it is a jeonse. */
import { useWords } from '../i18n/index.ts';
import { sumWords } from '../words/money.ts';
import styles from './price.module.css';

export interface PriceProps {
  readonly deposit: number | null | undefined;
  readonly monthlyRent: number | null | undefined;
}

export function Price({ deposit, monthlyRent }: PriceProps) {
  const { t, language } = useWords();
  const known = (sum: number | null | undefined): sum is number => typeof sum === 'number';
  if (!known(deposit) && !known(monthlyRent)) return null;
  return (
    <p className={styles.price}>
      {known(deposit) && (
        <span>
          <small>{t(monthlyRent === 0 ? 'listings.jeonse' : 'listings.deposit')}</small> {sumWords(deposit, language)}
        </span>
      )}
      {known(monthlyRent) && monthlyRent > 0 && (
        <span>
          <small>{t('listings.rent')}</small> {sumWords(monthlyRent, language)}
        </span>
      )}
    </p>
  );
}
