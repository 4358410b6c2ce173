/** The home page: what the service does, and the way in. */
import { Link } from 'react-router';
import { useMe } from '../api/me.ts';
import type { Me } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { usePageFocus } from '../shell/page.tsx';
import { ButtonLink } from '../ui/form/button.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './home.module.css';
import { LeasePicture } from './lease-picture.tsx';

const steps = ['one', 'two', 'three'] as const;
const tools = ['checklist', 'notes', 'listings'] as const;

export function Home() {
  const { t } = useWords();
  const heading = usePageFocus();
  return (
    <div className={styles.home}>
      <title>{`${t('home.title')} · ${t('app.name')}`}</title>
      <section className={styles.hero}>
        <div className={styles.words}>
          <p className={styles.eyebrow}>{t('home.eyebrow')}</p>
          <h1 ref={heading} tabIndex={-1} className={styles.headline}>
            {t('home.headline')}
          </h1>
          <p className={styles.lead}>{t('home.lead')}</p>
          <div className={styles.ways}>
            <ButtonLink look="main" to="/contracts" className={styles.start}>
              {t('home.start')}
              <Icon name="forward" />
            </ButtonLink>
            <ButtonLink look="quiet" to="/checklist">
              {t('home.checklist')}
            </ButtonLink>
          </div>
          <Welcome />
        </div>
        <LeasePicture />
      </section>
      <How />
      <Tools />
    </div>
  );
}

/** For signed-in users: what is left of today, and the link to their contracts. */
function Welcome() {
  const { data: person } = useMe();
  return person ? <Greeting person={person} /> : null;
}

function Greeting({ person }: { person: Me }) {
  const { t } = useWords();
  const left = person.limits.perDay - person.limits.usedToday;
  return (
    <p className={styles.welcome}>
      <strong>{t('home.signedIn', { name: person.name })}</strong>{' '}
      <span>{left > 0 ? t('home.left', { count: left }) : t('home.leftNone')}</span>
      <Link to="/contracts#history">{t('home.recent')}</Link>
    </p>
  );
}

function How() {
  const { t } = useWords();
  return (
    <section className={styles.section} aria-labelledby="how">
      <h2 id="how">{t('home.how.title')}</h2>
      <ol className={styles.steps}>
        {steps.map((step, index) => (
          <li key={step} className={styles.step}>
            <span className={styles.number} aria-hidden="true">
              {index + 1}
            </span>
            <h3>{t(`home.how.${step}.title`)}</h3>
            <p>{t(`home.how.${step}.body`)}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Tools() {
  const { t } = useWords();
  return (
    <section className={styles.section} aria-labelledby="tools">
      <h2 id="tools">{t('home.tools.title')}</h2>
      <ul className={styles.tools}>
        {tools.map((tool) => (
          <li key={tool}>
            <Link to={`/${tool}`} className={styles.tool}>
              <span className={styles.toolName}>{t(`nav.${tool}`)}</span>
              <span className={styles.toolBody}>{t(`home.tools.${tool}`)}</span>
              <Icon name="forward" className={styles.arrow} />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
