/**
 * Name, ways to the pages, language and account. On a phone the ways stand at the bottom, near the
 * thumb.
 */
import { Link, NavLink } from 'react-router';
import { useWords } from '../i18n/index.ts';
import { Icon, type IconName } from '../ui/icon.tsx';
import { Seal } from '../ui/seal.tsx';
import { Account } from './account/account.tsx';
import styles from './header.module.css';
import { LanguageSwitch } from './language-switch.tsx';

const ways = [
  { to: '/contracts', icon: 'contract', name: 'nav.contracts' },
  { to: '/checklist', icon: 'list', name: 'nav.checklist' },
  { to: '/notes', icon: 'house', name: 'nav.notes' },
  { to: '/listings', icon: 'board', name: 'nav.listings' },
] as const satisfies readonly { to: string; icon: IconName; name: string }[];

export function Header() {
  const { t } = useWords();
  return (
    <header className={styles.header}>
      <div className={styles.row}>
        <Link to="/" className={styles.name}>
          <Seal className={styles.seal} />
          {t('app.name')}
        </Link>
        <nav className={styles.nav} aria-label={t('nav.label')}>
          <ul className={styles.ways}>
            {ways.map(({ to, icon, name }) => (
              <li key={to}>
                <NavLink to={to} className={styles.way}>
                  <Icon name={icon} className={styles.icon} />
                  {t(name)}
                </NavLink>
              </li>
            ))}
          </ul>
        </nav>
        <div className={styles.side}>
          <LanguageSwitch />
          <Account />
        </div>
      </div>
    </header>
  );
}
