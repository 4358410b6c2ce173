/** The explanation of a contract: the summary, then its clauses, the dangerous ones first. */
import type { Contract, Explanation, Risk } from '../../api/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { Page } from '../../shell/page.tsx';
import { Button, ButtonLink } from '../../ui/form/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { dayWords } from '../../words/spans.ts';
import { MissingList } from '../submission/missing-list.tsx';
import { ToContracts } from '../to-contracts.tsx';
import { ClauseSheet } from './clause-sheet.tsx';
import styles from './explanation-view.module.css';
import { ReadPages } from './read-pages.tsx';
import type { RiskGroup } from './risk-group.ts';
import { SummarySheet } from './summary-sheet.tsx';

const order = ['danger', 'caution', 'safe'] as const satisfies readonly Risk[];

export function ExplanationView({ contract, result }: { contract: Contract; result: Explanation }) {
  const { t, language } = useWords();
  const groups = order.map((risk) => ({ risk, clauses: result.clauses.filter((clause) => clause.risk === risk) }));
  const meta = t('explanation.meta', { date: dayWords(contract.createdAt, language), count: contract.pageCount });
  return (
    <Page title={t('explanation.title')} before={<ToContracts />} lead={meta} actions={<Actions />}>
      <div className={styles.columns}>
        <SummarySheet result={result} groups={groups} />
        <div className={styles.main}>
          {result.clauses.length === 0 && <p>{t('explanation.none')}</p>}
          {groups.map((group) => (
            <Group key={group.risk} {...group} />
          ))}
          <MissingList missing={result.missing} />
          <ReadPages pages={result.pages} />
        </div>
      </div>
    </Page>
  );
}

function Actions() {
  const { t } = useWords();
  return (
    <div className={`${styles.actions} screen-only`}>
      <Button onClick={() => window.print()}>
        <Icon name="print" />
        {t('explanation.print')}
      </Button>
      <ButtonLink to="/contracts">
        <Icon name="plus" />
        {t('explanation.another')}
      </ButtonLink>
    </div>
  );
}

function Group({ risk, clauses }: RiskGroup) {
  const { t } = useWords();
  if (clauses.length === 0) return null;
  return (
    <section className={styles.group} id={risk} aria-labelledby={`${risk}-title`}>
      <div>
        <h2 id={`${risk}-title`}>{t(`explanation.group.${risk}.title`)}</h2>
        <p className={styles.lead}>{t(`explanation.group.${risk}.lead`)}</p>
      </div>
      {clauses.map((clause) => (
        <ClauseSheet key={`${clause.page} ${clause.title} ${clause.quote}`} clause={clause} />
      ))}
    </section>
  );
}
