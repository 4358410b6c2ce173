/** A page as pasted text. */
import { type SubmitEvent, useState } from 'react';
import { useWords } from '../i18n/index.ts';
import { Button } from '../ui/button.tsx';
import { Field } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { type DraftPage, useDraft } from './draft.tsx';
import styles from './paste-form.module.css';
import { textPage } from './prepare.ts';

export function PasteForm({ onPage }: { onPage: (page: DraftPage) => void }) {
  const { t } = useWords();
  const { pages } = useDraft();
  const [text, setText] = useState('');
  const [empty, setEmpty] = useState(false);
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    setEmpty(text.trim() === '');
    if (text.trim() === '') return;
    onPage(await textPage(text, `${t('contracts.paste.name')} ${pages.length + 1}`));
    setText('');
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field label={t('contracts.paste.label')} hint={t('contracts.paste.hint')} error={empty ? t('contracts.paste.empty') : undefined}>
        {(control) => <textarea {...control} name="text" rows={8} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <Button type="submit">
        <Icon name="plus" />
        {t('contracts.paste.add')}
      </Button>
    </form>
  );
}
