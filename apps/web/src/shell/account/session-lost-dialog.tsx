/** Asks the user to sign in again without leaving the page, and closes after that. */
import { useEffect, useSyncExternalStore } from 'react';
import { signInPath, useMe } from '../../api/me.ts';
import { sessionLost } from '../../api/session-lost.ts';
import { useWords } from '../../i18n/index.ts';
import { Dialog } from '../../ui/feedback/dialog.tsx';
import { Button, ButtonAnchor } from '../../ui/form/button.tsx';

export function SessionLostDialog() {
  const { t } = useWords();
  const lost = useSyncExternalStore(sessionLost.subscribe, sessionLost.get);
  const close = () => sessionLost.set(false);
  const actions = (
    <>
      <Button onClick={close}>{t('sessionLost.close')}</Button>
      <ButtonAnchor look="main" href={signInPath('/signed-in')} target="_blank" rel="noopener">
        {t('sessionLost.action')}
      </ButtonAnchor>
    </>
  );
  return (
    <Dialog open={lost} title={t('sessionLost.title')} onClose={close} actions={actions}>
      <p>{t('sessionLost.body')}</p>
      {lost && <Watch />}
    </Dialog>
  );
}

/** Looks again whenever the person comes back to this window. */
function Watch() {
  const { refetch } = useMe();
  useEffect(() => {
    const look = async () => {
      const { data } = await refetch();
      if (data) sessionLost.set(false);
    };
    window.addEventListener('focus', look);
    return () => window.removeEventListener('focus', look);
  }, [refetch]);
  return null;
}
