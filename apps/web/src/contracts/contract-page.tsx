/** One contract: waiting, explained, late or not readable. */
import { useEffect, useRef } from 'react';
import { useParams } from 'react-router';
import { isFinal, isMissing } from '../api/problem.ts';
import type { Contract } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { Page } from '../shell/page.tsx';
import { useSay } from '../shell/spoken.tsx';
import { Loaded } from '../ui/feedback/loaded.tsx';
import { SkeletonText } from '../ui/feedback/skeleton.tsx';
import { ExplanationView } from './explanation/explanation-view.tsx';
import { UnreadableView } from './explanation/unreadable-view.tsx';
import { useContract } from './queries.ts';
import { ToContracts } from './to-contracts.tsx';
import { LateView } from './waiting/late-view.tsx';
import { WaitingView } from './waiting/waiting-view.tsx';

export default function ContractPage() {
  const { t } = useWords();
  const { id = '' } = useParams();
  const { query, connected } = useContract(id);
  useReadyWords(query.data);
  if (query.data && !isFinal(query.error) && !isMissing(query.error)) return <View contract={query.data} connected={connected} />;
  return (
    <Page title={t('explanation.title')} before={<ToContracts />}>
      <Loaded query={{ ...query, data: undefined }} skeleton={<SkeletonText lines={6} />}>
        {() => null}
      </Loaded>
    </Page>
  );
}

function View({ contract, connected }: { contract: Contract; connected: boolean }) {
  if (contract.status === 'late') return <LateView contract={contract} />;
  if (contract.status === 'unreadable') return <UnreadableView contract={contract} />;
  if (contract.status === 'answered' && contract.result) return <ExplanationView contract={contract} result={contract.result} />;
  return <WaitingView contract={contract} connected={connected} />;
}

/** Announces the answer to screen readers while the user waits. */
function useReadyWords(contract: Contract | undefined): void {
  const { t } = useWords();
  const say = useSay();
  const before = useRef<string>(undefined);
  const status = contract?.status;
  useEffect(() => {
    const waited = before.current === 'waiting' || before.current === 'running';
    if (waited && status === 'answered') say(t('contracts.waiting.readyTitle'));
    before.current = status;
  }, [status, say, t]);
}
