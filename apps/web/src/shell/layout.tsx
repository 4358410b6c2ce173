/** The frame around every page. */
import { Suspense } from 'react';
import { Outlet, useLocation } from 'react-router';
import { useWords } from '../i18n/index.ts';
import { SkeletonText } from '../ui/feedback/skeleton.tsx';
import { SessionLostDialog } from './account/session-lost-dialog.tsx';
import { SignInOutcome } from './account/sign-in-outcome.tsx';
import { CrashBoundary } from './crash-boundary.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import styles from './layout.module.css';
import { OfflineNotice } from './offline-notice.tsx';
import { Spoken } from './spoken.tsx';

export function Layout() {
  const { t } = useWords();
  const { pathname } = useLocation();
  return (
    <Spoken>
      <a className={styles.skip} href="#main">
        {t('skip')}
      </a>
      <Header />
      <OfflineNotice />
      <main id="main" className={styles.main} tabIndex={-1}>
        <SignInOutcome />
        <CrashBoundary key={pathname}>
          <Suspense fallback={<PageSkeleton />}>
            <Outlet />
          </Suspense>
        </CrashBoundary>
      </main>
      <Footer />
      <SessionLostDialog />
    </Spoken>
  );
}

function PageSkeleton() {
  return (
    <div className={styles.skeleton}>
      <SkeletonText lines={4} />
    </div>
  );
}
