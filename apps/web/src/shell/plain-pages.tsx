/** Pages that only say something: nothing here, signed in. */
import { useWords } from '../i18n/index.ts';
import { ButtonLink } from '../ui/form/button.tsx';
import { Page } from './page.tsx';

export function NotFound() {
  const { t } = useWords();
  return <Plain title={t('notFound.title')} body={t('notFound.body')} home={t('notFound.home')} />;
}

/** Where a sign-in in a new tab ends. */
export function NowSignedIn() {
  const { t } = useWords();
  return <Plain title={t('signIn.done.title')} body={t('signIn.done.body')} home={t('signIn.done.home')} />;
}

function Plain({ title, body, home }: { title: string; body: string; home: string }) {
  return (
    <Page narrow title={title} lead={body}>
      <p>
        <ButtonLink look="main" to="/">
          {home}
        </ButtonLink>
      </p>
    </Page>
  );
}
