/** Words and sums to search for. */
import { type SubmitEvent, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/form/button.tsx';
import { Field } from '../ui/form/field.tsx';
import { MoneyField } from '../ui/form/money-field.tsx';
import { Icon } from '../ui/icon.tsx';
import { parseSum, sumField, unitOf } from '../words/money.ts';
import { type Filter, isFiltered } from './filter.ts';
import styles from './search-form.module.css';

export function SearchForm({ filter, onFind }: { filter: Filter; onFind: (filter: Filter) => void }) {
  const { t, language } = useWords();
  const [unit] = useState(() => unitOf(language));
  const shown = (sum: number | undefined) => (sum === undefined ? '' : sumField(sum, language));
  const [query, setQuery] = useState(filter.query);
  const [deposit, setDeposit] = useState(() => shown(filter.maxDeposit));
  const [rent, setRent] = useState(() => shown(filter.maxRent));
  const [tried, setTried] = useState(false);
  const wrong = (text: string) => (text.trim() !== '' && parseSum(text, unit) === undefined ? t('field.sum') : undefined);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setTried(true);
    if (wrong(deposit) || wrong(rent)) return;
    onFind({ query: query.trim(), maxDeposit: parseSum(deposit, unit), maxRent: parseSum(rent, unit) });
  };
  const none = { query: '', maxDeposit: undefined, maxRent: undefined };
  return (
    <search>
      <form className={styles.form} onSubmit={submit} noValidate aria-label={t('listings.search.label')}>
        <Field label={t('listings.search.query')} hint={t('listings.search.queryHint')}>
          {(control) => (
            <input {...control} type="search" maxLength={100} value={query} onChange={(event) => setQuery(event.target.value)} />
          )}
        </Field>
        <MoneyField
          label={t('listings.search.maxDeposit')}
          name="maxDeposit"
          unit={unit}
          value={deposit}
          onChange={setDeposit}
          error={tried ? wrong(deposit) : undefined}
          hint={t('listings.search.depositHint')}
        />
        <MoneyField
          label={t('listings.search.maxRent')}
          name="maxRent"
          unit={unit}
          value={rent}
          onChange={setRent}
          error={tried ? wrong(rent) : undefined}
          hint={t('listings.search.rentHint')}
        />
        <div className={styles.actions}>
          <Button type="submit">
            <Icon name="search" />
            {t('listings.search.action')}
          </Button>
          {isFiltered(filter) && (
            <Button look="quiet" onClick={() => onFind(none)}>
              {t('listings.search.clear')}
            </Button>
          )}
        </div>
      </form>
    </search>
  );
}
