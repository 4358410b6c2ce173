/**
 * For which home the ticks are made. It stands in the address, so that a note can link to its
 * checklist.
 */
import { useSearchParams } from 'react-router';
import { signInPath } from '../api/me.ts';
import type { Note } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { ButtonAnchor, ButtonLink } from '../ui/form/button.tsx';
import { Field } from '../ui/form/field.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './house-picker.module.css';

export function useHouse(): [string, (id: string) => void] {
  const [search, setSearch] = useSearchParams();
  return [search.get('note') ?? '', (id) => setSearch(id ? { note: id } : {}, { replace: true })];
}

export function HousePicker({ signedIn, notes }: { signedIn: boolean; notes: readonly Note[] }) {
  const { t } = useWords();
  const [house, setHouse] = useHouse();
  if (!signedIn) {
    return (
      <div className={styles.signedOut}>
        <p>{t('checklist.signedOut')}</p>
        <ButtonAnchor href={signInPath('/checklist')}>{t('account.signIn')}</ButtonAnchor>
      </div>
    );
  }
  return (
    <div className={styles.picker}>
      <Field label={t('checklist.where')}>
        {(control) => (
          <select {...control} value={house} onChange={(event) => setHouse(event.target.value)}>
            <option value="">{t('checklist.here')}</option>
            {notes.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </select>
        )}
      </Field>
      <ButtonLink to="/notes/new">
        <Icon name="plus" />
        {t('checklist.create')}
      </ButtonLink>
    </div>
  );
}
