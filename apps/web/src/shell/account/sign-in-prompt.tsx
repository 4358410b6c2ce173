/** Asks kindly to sign in, and says why. */
import { useLocation } from 'react-router';
import { signInPath } from '../../api/me.ts';
import { useWords } from '../../i18n/index.ts';
import { Empty } from '../../ui/feedback/empty.tsx';
import { ButtonAnchor } from '../../ui/form/button.tsx';

export function SignInPrompt() {
  const { t } = useWords();
  const { pathname, search } = useLocation();
  return (
    <Empty title={t('signIn.title')} body={t('signIn.body')}>
      <ButtonAnchor look="main" href={signInPath(pathname + search)}>
        {t('signIn.action')}
      </ButtonAnchor>
    </Empty>
  );
}
