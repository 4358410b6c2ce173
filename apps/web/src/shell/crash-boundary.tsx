/**
 * Words instead of a blank page when drawing fails, for example because a newer release has
 * replaced the files of this one.
 */
import { Component, type ReactNode } from 'react';
import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/form/button.tsx';
import { Page } from './page.tsx';

export class CrashBoundary extends Component<{ children: ReactNode }, { crashed: boolean }> {
  override state = { crashed: false };

  static getDerivedStateFromError() {
    return { crashed: true };
  }

  override render() {
    return this.state.crashed ? <Crashed /> : this.props.children;
  }
}

function Crashed() {
  const { t } = useWords();
  return (
    <Page narrow title={t('crash.title')} lead={t('crash.body')}>
      <p>
        <Button look="main" onClick={() => window.location.reload()}>
          {t('crash.reload')}
        </Button>
      </p>
    </Page>
  );
}
