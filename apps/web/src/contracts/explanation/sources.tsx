/** The law behind an explanation. */
import type { Source } from '../../api/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { OutsideLink } from '../../ui/outside-link.tsx';
import { languageOf } from '../../words/spans.ts';
import styles from './sources.module.css';

export function Sources({ sources }: { sources: readonly Source[] }) {
  const { t } = useWords();
  if (sources.length === 0) return null;
  return (
    <div className={styles.sources}>
      <p className={styles.title}>{t('explanation.sources')}</p>
      <ul className={styles.list}>
        {sources.map((source) => (
          <li key={`${source.title} ${source.article}`}>
            <SourceName source={source} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function SourceName({ source: { title, article, url } }: { source: Source }) {
  const name = [title, article].filter(Boolean).join(' ');
  const words = <span lang={languageOf(name)}>{name}</span>;
  return url && /^https?:\/\//.test(url) ? <OutsideLink href={url}>{words}</OutsideLink> : <span className={styles.plain}>{words}</span>;
}
