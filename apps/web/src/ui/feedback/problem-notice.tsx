/** Says what went wrong and offers another attempt. */
import { useWords } from '../../i18n/index.ts';
import { languageOf } from '../../words/spans.ts';
import { Button } from '../form/button.tsx';
import { Icon } from '../icon.tsx';
import styles from './problem-notice.module.css';
import { problemWords } from './problem-words.ts';

export interface ProblemNoticeProps {
  readonly error: Error;
  readonly retry?: (() => void) | undefined;
  readonly busy?: boolean;
}

export function ProblemNotice({ error, retry, busy = false }: ProblemNoticeProps) {
  const { t, language } = useWords();
  const { what, wait, said } = problemWords(error, t, language);
  return (
    <div className={styles.notice} role="alert">
      <Icon name="danger" className={styles.icon} />
      <div className={styles.words}>
        <p className={styles.title}>{t('problem.title')}</p>
        <p>
          {what} {wait}
        </p>
        {said.map((words) => (
          <p key={words} className={styles.said}>
            {t('problem.said')} <q lang={languageOf(words)}>{words}</q>
          </p>
        ))}
        {retry && (
          <Button className={styles.retry} onClick={retry} disabled={busy}>
            <Icon name="again" />
            {t('retry')}
          </Button>
        )}
      </div>
    </div>
  );
}
