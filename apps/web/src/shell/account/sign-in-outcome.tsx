/** The notice after a failed sign-in: the server redirects back with the outcome in the address. */
import { useSearchParams } from 'react-router';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/form/button.tsx';
import styles from './sign-in-outcome.module.css';

const outcomes = ['refused', 'unavailable', 'failed'] as const;

export function SignInOutcome() {
  const { t } = useWords();
  const [search, setSearch] = useSearchParams();
  const outcome = outcomes.find((each) => each === search.get('signIn'));
  if (!outcome) return null;
  const close = () => {
    const rest = new URLSearchParams(search);
    rest.delete('signIn');
    setSearch(rest, { replace: true });
  };
  return (
    <div className={styles.notice} role="alert">
      <p>{t(`signInOutcome.${outcome}`)}</p>
      <Button onClick={close}>{t('close')}</Button>
    </div>
  );
}
