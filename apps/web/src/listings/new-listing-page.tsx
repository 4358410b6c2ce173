/** The form for a new listing. */
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useWords } from '../i18n/index.ts';
import { SignedIn } from '../shell/account/signed-in.tsx';
import { Page } from '../shell/page.tsx';
import { useSay } from '../shell/spoken.tsx';
import { BackLink } from '../ui/back-link.tsx';
import { ProblemNotice } from '../ui/feedback/problem-notice.tsx';
import { Button, ButtonLink } from '../ui/form/button.tsx';
import { Field } from '../ui/form/field.tsx';
import styles from '../ui/form/form.module.css';
import { MoneyField } from '../ui/form/money-field.tsx';
import { useForm } from '../ui/form/use-form.ts';
import { unitOf } from '../words/money.ts';
import { emptyListing, listingBody, listingRules } from './listing-words.ts';
import { useAddListing } from './queries.ts';

export default function NewListingPage() {
  const { t } = useWords();
  return (
    <Page narrow title={t('listings.form.title')} before={<BackLink to="/listings">{t('listings.back')}</BackLink>}>
      <SignedIn>{() => <ListingForm />}</SignedIn>
    </Page>
  );
}

function ListingForm() {
  const { t } = useWords();
  const { form, unit, add } = useListingForm();
  return (
    <form ref={form.element} className={styles.form} onSubmit={form.onSubmit} noValidate>
      <p className={styles.lead}>{t('listings.form.lead')}</p>
      <Field {...form.field('title')}>{(control) => <input {...control} {...form.control('title')} required autoComplete="off" />}</Field>
      <Field {...form.field('district')} hint={t('listings.form.districtHint')}>
        {(control) => <input {...control} {...form.control('district')} required autoComplete="off" />}
      </Field>
      <div className={styles.pair}>
        <MoneyField {...form.money('deposit')} unit={unit} />
        <MoneyField {...form.money('monthlyRent')} unit={unit} hint={t('listings.form.rentHint')} />
      </div>
      <Field {...form.field('areaM2')} optional>
        {(control) => <input {...control} {...form.control('areaM2')} inputMode="decimal" autoComplete="off" />}
      </Field>
      <Field {...form.field('description')} optional>
        {(control) => <textarea {...control} {...form.control('description')} rows={5} />}
      </Field>
      {form.faultCount > 0 && (
        <p role="alert" className={styles.errors}>
          {t('field.errors', { count: form.faultCount })}
        </p>
      )}
      {add.error && <ProblemNotice error={add.error} />}
      <div className={styles.actions}>
        <Button look="main" type="submit" disabled={add.isPending}>
          {t(add.isPending ? 'listings.form.submitting' : 'listings.form.submit')}
        </Button>
        <ButtonLink look="quiet" to="/listings">
          {t('cancel')}
        </ButtonLink>
      </div>
    </form>
  );
}

function useListingForm() {
  const { t, language } = useWords();
  const say = useSay();
  const navigate = useNavigate();
  const add = useAddListing();
  const [unit] = useState(() => unitOf(language));
  const form = useForm({
    start: emptyListing,
    rules: listingRules(unit),
    labels: {
      title: t('listings.form.name'),
      district: t('listings.form.district'),
      deposit: t('listings.deposit'),
      monthlyRent: t('listings.rent'),
      areaM2: t('listings.form.areaM2'),
      description: t('listings.form.description'),
    },
    error: add.error,
    send: (texts) =>
      add.mutate(listingBody(texts, unit), {
        onSuccess: () => {
          say(t('listings.created'));
          navigate('/listings');
        },
      }),
  });
  return { form, unit, add };
}
