/** The way back from a contract to the list. */
import { useWords } from '../i18n/index.ts';
import { BackLink } from '../ui/back-link.tsx';

export function ToContracts() {
  const { t } = useWords();
  return <BackLink to="/contracts#history">{t('explanation.back')}</BackLink>;
}
