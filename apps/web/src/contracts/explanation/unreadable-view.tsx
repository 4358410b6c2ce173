/** A contract whose pages could not be read, with what helps. */
import type { Contract } from '../../api/schemas.ts';
import { useWords } from '../../i18n/index.ts';
import { Page } from '../../shell/page.tsx';
import { ButtonLink } from '../../ui/form/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Tips } from '../submission/tips.tsx';
import { ToContracts } from '../to-contracts.tsx';
import { LetterSheet } from './letter-sheet.tsx';

export function UnreadableView({ contract }: { contract: Contract }) {
  const { t, of } = useWords();
  return (
    <Page narrow title={t('contracts.unreadable.title')} before={<ToContracts />}>
      <LetterSheet words={contract.message ? of(contract.message) : t('contracts.unreadable.fallback')}>
        <ButtonLink look="main" to="/contracts">
          <Icon name="camera" />
          {t('contracts.unreadable.action')}
        </ButtonLink>
      </LetterSheet>
      <Tips />
    </Page>
  );
}
