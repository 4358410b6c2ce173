/** The ways to add pages: dropping, photographing, choosing, pasting. */
import { useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { useSay } from '../../shell/spoken.tsx';
import { Button, ButtonFile } from '../../ui/form/button.tsx';
import { Icon } from '../../ui/icon.tsx';
import { sizeWords } from '../../words/spans.ts';
import { type DraftPage, useDraft } from './draft.tsx';
import { type Admission, limits, readable } from './limits.ts';
import styles from './page-source.module.css';
import { PasteForm } from './paste-form.tsx';
import { preparePage } from './prepare.ts';
import { RefusedNotice } from './refused-notice.tsx';
import { useFileDrop } from './use-file-drop.ts';

const accepted = Object.entries(readable).flat(2).join(',');

export function PageSource() {
  const { t, language } = useWords();
  const { addFiles, addPages, refused, preparing } = useAdding();
  const [pasting, setPasting] = useState(false);
  const over = useFileDrop(addFiles);
  const pick = (event: React.ChangeEvent<HTMLInputElement>) => {
    const files = [...(event.target.files ?? [])];
    // The same file may be chosen again after it was removed.
    event.target.value = '';
    void addFiles(files);
  };
  return (
    <section className={over ? `${styles.source} ${styles.over}` : styles.source} aria-labelledby="add-pages">
      <h2 id="add-pages" className={styles.title}>
        {t('contracts.add.title')}
      </h2>
      <p className={styles.drop}>{over ? t('contracts.add.dropNow') : t('contracts.add.drop')}</p>
      <div className={styles.ways}>
        <ButtonFile look="main" className={styles.camera} accept="image/jpeg,image/png" capture="environment" onChange={pick}>
          <Icon name="camera" />
          {t('contracts.add.camera')}
        </ButtonFile>
        <ButtonFile className={styles.files} accept={accepted} multiple onChange={pick}>
          <Icon name="folder" />
          {t('contracts.add.files')}
        </ButtonFile>
        <Button onClick={() => setPasting(!pasting)} aria-expanded={pasting}>
          <Icon name="paste" />
          {t('contracts.add.paste')}
        </Button>
      </div>
      {pasting && <PasteForm onPage={(page) => addPages([page])} />}
      {preparing && <p role="status">{t('contracts.add.preparing')}</p>}
      <RefusedNotice refused={refused} />
      <p className={styles.limits}>
        {t('contracts.add.limits', { pages: limits.pages, size: sizeWords(limits.bytes, language) })}
        <br />
        {t('contracts.add.shrink')}
      </p>
    </section>
  );
}

type Refused = Admission<DraftPage>['refused'];

function useAdding() {
  const { t } = useWords();
  const say = useSay();
  const draft = useDraft();
  const [refused, setRefused] = useState<Refused>([]);
  const [preparing, setPreparing] = useState(false);
  const addPages = (pages: readonly DraftPage[]) => {
    const { taken, refused: left } = draft.add(pages);
    if (taken.length > 0) say(t('contracts.pages.added', { count: taken.length }), { unseen: true });
    setRefused(left);
  };
  const addFiles = async (files: readonly File[]) => {
    setPreparing(true);
    const pages = await Promise.all(files.map(preparePage));
    setPreparing(false);
    addPages(pages);
  };
  return { addFiles, addPages, refused, preparing };
}
