/** Where a contract is submitted, and where earlier ones are found again. */
import { useWords } from '../i18n/index.ts';
import { SignedIn } from '../shell/account/signed-in.tsx';
import { Page } from '../shell/page.tsx';
import styles from './contracts-page.module.css';
import { History } from './history.tsx';
import { PageList } from './submission/page-list.tsx';
import { PageSource } from './submission/page-source.tsx';
import { SubmitBar } from './submission/submit-bar.tsx';
import { Tips } from './submission/tips.tsx';

export default function ContractsPage() {
  const { t } = useWords();
  return (
    <Page title={t('contracts.title')} lead={t('contracts.lead')}>
      <SignedIn>
        {(person) => (
          <>
            <div className={styles.desk}>
              <div className={styles.main}>
                <PageSource />
                <PageList />
                <SubmitBar person={person} />
              </div>
              <Tips />
            </div>
            <History />
          </>
        )}
      </SignedIn>
    </Page>
  );
}
