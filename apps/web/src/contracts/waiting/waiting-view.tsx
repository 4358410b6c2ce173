/**
 * A contract on its way: what has happened, what happens now, and the friendly words of the server.
 */
import type { Contract } from '../../api/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { Page } from '../../shell/page.tsx';
import { ButtonLink } from '../../ui/form/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Seal } from '../../ui/seal.tsx';
import { spanWords } from '../../words/spans.ts';
import { ToContracts } from '../to-contracts.tsx';
import { deadlineSeconds, elapsedSeconds, type Step, stepsOf } from './progress.ts';
import { useNow } from './use-now.ts';
import styles from './waiting-view.module.css';

export function WaitingView({ contract, connected }: { contract: Contract; connected: boolean }) {
  const { t, of } = useWords();
  return (
    <Page narrow title={t('contracts.waiting.title')} before={<ToContracts />}>
      <div className={styles.sheet}>
        <div className={styles.now}>
          <Seal className={styles.seal} />
          <p className={styles.message} role="status" aria-live="polite">
            {contract.message ? of(contract.message) : t(`contracts.status.${contract.status}`)}
          </p>
        </div>
        <ol className={styles.steps} aria-label={t('contracts.waiting.steps')}>
          {stepsOf(contract.status).map((step) => (
            <StepLine key={step.name} step={step} position={contract.position} />
          ))}
        </ol>
        <Elapsed createdAt={contract.createdAt} />
      </div>
      {!connected && (
        <p className={styles.note} role="status">
          <Icon name="cloud" />
          {t('contracts.waiting.reconnecting')}
        </p>
      )}
      <p className={styles.leave}>{t('contracts.waiting.leave')}</p>
      <p>
        <ButtonLink to="/checklist">
          {t('contracts.waiting.meanwhile')}
          <Icon name="forward" />
        </ButtonLink>
      </p>
    </Page>
  );
}

const stateWords = { done: 'stateDone', now: 'stateNow', next: 'stateNext' } as const;

function StepLine({ step: { name, state }, position }: { step: Step; position: number | null | undefined }) {
  const { t } = useWords();
  const inLine = name === 'line' && state === 'now' && typeof position === 'number' && position > 0;
  return (
    <li className={`${styles.step} ${styles[state]}`} aria-current={state === 'now' ? 'step' : undefined}>
      <span className={styles.dot} aria-hidden="true">
        {state === 'done' && <Icon name="check" />}
      </span>
      <span className={styles.stepWords}>
        {t(`contracts.waiting.${name}`)}
        {inLine && <span className={styles.position}>{t('contracts.waiting.lineAt', { position })}</span>}
      </span>
      <span className="unseen">({t(`contracts.waiting.${stateWords[state]}`)})</span>
    </li>
  );
}

/** The time that has passed of the time that it can take: the one measure that is known. */
function Elapsed({ createdAt }: { createdAt: string }) {
  const { t, language } = useWords();
  const elapsed = elapsedSeconds(createdAt, useNow(1000));
  return (
    <div className={styles.elapsed}>
      <p className={styles.times}>
        <span>{t('contracts.waiting.elapsed', { span: spanWords(elapsed, language) })}</span>
        <span>{t('contracts.waiting.atMost')}</span>
      </p>
      <progress
        className={styles.bar}
        max={deadlineSeconds}
        value={Math.min(elapsed, deadlineSeconds)}
        aria-label={t('contracts.waiting.atMost')}
      />
    </div>
  );
}
