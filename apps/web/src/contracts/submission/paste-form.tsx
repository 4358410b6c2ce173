/** A page as pasted text. */
import { type SubmitEvent, useState } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Button } from '../../ui/form/button.tsx';
import { Field } from '../../ui/form/field.tsx';
import { Icon } from '../../ui/icon.tsx';
import { type DraftPage, useDraft } from './draft.tsx';
import { limits } from './limits.ts';
import styles from './paste-form.module.css';
import { textPage } from './prepare.ts';

export function PasteForm({ onPage }: { onPage: (page: DraftPage) => void }) {
  const { t, language } = useWords();
  const shown = { max: limits.pageCharacters.toLocaleString(language) };
  const { pages } = useDraft();
  const [text, setText] = useState('');
  const [fault, setFault] = useState<'empty' | 'tooLong'>();
  const submit = async (event: SubmitEvent) => {
    event.preventDefault();
    const found = faultOf(text);
    setFault(found);
    if (found) return;
    onPage(await textPage(text, `${t('contracts.paste.name')} ${pages.length + 1}`));
    setText('');
  };
  return (
    <form className={styles.form} onSubmit={submit} noValidate>
      <Field label={t('contracts.paste.label')} hint={t('contracts.paste.hint')} error={fault && t(`contracts.paste.${fault}`, shown)}>
        {(control) => <textarea {...control} name="text" rows={8} value={text} onChange={(event) => setText(event.target.value)} />}
      </Field>
      <Button type="submit">
        <Icon name="plus" />
        {t('contracts.paste.add')}
      </Button>
    </form>
  );
}

function faultOf(text: string): 'empty' | 'tooLong' | undefined {
  if (text.trim() === '') return 'empty';
  return text.length > limits.pageCharacters ? 'tooLong' : undefined;
}
