/**
 * The friendly answer after the deadline: not an error, and one press away from another attempt.
 */
import type { Contract } from '../../api/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { Page } from '../../shell/page.tsx';
import { ProblemNotice } from '../../ui/feedback/problem-notice.tsx';
import { Button, ButtonLink } from '../../ui/form/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { LetterSheet } from '../explanation/letter-sheet.tsx';
import { useSubmit } from '../queries.ts';
import { freshKey, useDraft } from '../submission/draft.tsx';
import { SendingNote } from '../submission/sending-note.tsx';
import { ToContracts } from '../to-contracts.tsx';

export function LateView({ contract }: { contract: Contract }) {
  const { t, of } = useWords();
  const pages = useDraft().pagesOf(contract.id);
  const sending = useSubmit();
  const again = () => pages && sending.mutate({ pages, key: freshKey() });
  return (
    <Page narrow title={t('contracts.late.title')} before={<ToContracts />}>
      <LetterSheet words={contract.message ? of(contract.message) : t('contracts.late.fallback')}>
        <p>{t(pages ? 'contracts.late.kept' : 'contracts.late.lost')}</p>
        {pages ? (
          <Button look="main" onClick={again} disabled={sending.isPending}>
            <Icon name="again" />
            {t('contracts.late.again')}
          </Button>
        ) : (
          <ButtonLink look="main" to="/contracts">
            <Icon name="again" />
            {t('contracts.late.anew')}
          </ButtonLink>
        )}
        {sending.isPending && <SendingNote share={sending.share} />}
        {sending.error && <ProblemNotice error={sending.error} retry={again} busy={sending.isPending} />}
      </LetterSheet>
    </Page>
  );
}
