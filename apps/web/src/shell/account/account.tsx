/** Who is signed in, what is left of today, and the way out; or the way in. */
import { useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { signInPath, useMe, useSignOut } from '../../api/me.ts';
import type { Me } from '../../api/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { ProblemNotice } from '../../ui/feedback/problem-notice.tsx';
import { Button, ButtonAnchor } from '../../ui/form/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { useSay } from '../spoken.tsx';
import styles from './account.module.css';

export function Account() {
  const { t } = useWords();
  const { data: person, isPending } = useMe();
  const { pathname, search } = useLocation();
  if (isPending) return <span className={styles.waiting} />;
  if (person) return <Menu person={person} />;
  return <ButtonAnchor href={signInPath(pathname + search)}>{t('account.signIn')}</ButtonAnchor>;
}

function Menu({ person }: { person: Me }) {
  const { t } = useWords();
  const say = useSay();
  const navigate = useNavigate();
  const menu = useRef<HTMLDivElement>(null);
  const leave = useSignOut(() => {
    menu.current?.hidePopover();
    navigate('/');
    say(t('account.signedOut'));
  });
  const { usedToday, perDay } = person.limits;
  return (
    <>
      <button type="button" className={styles.open} popoverTarget="account-menu">
        <Icon name="person" />
        <span className={styles.who}>{person.name}</span>
      </button>
      <div ref={menu} id="account-menu" popover="auto" className={styles.menu}>
        <p className={styles.name}>{t('account.name', { name: person.name })}</p>
        {person.email && <p className={styles.detail}>{person.email}</p>}
        <p className={styles.detail}>{t('account.today', { used: usedToday, total: perDay })}</p>
        <Button onClick={() => leave.mutate()} disabled={leave.isPending}>
          {t('account.signOut')}
        </Button>
        {leave.error && <ProblemNotice error={leave.error} />}
      </div>
    </>
  );
}
