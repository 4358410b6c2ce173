/** A sum in won, typed as people say it, with what was understood beneath it. */
import { useWords } from '../../i18n/index.ts';
import { parseSum, sumWords } from '../../words/money.ts';
import { Field } from './field.tsx';
import styles from './money-field.module.css';

export interface MoneyFieldProps {
  readonly label: string;
  readonly name: string;
  readonly value: string;
  /**
   * How much one of a bare number is, in won: fixed when the form was opened, whatever the language
   * becomes.
   */
  readonly unit: number;
  readonly onChange: (value: string) => void;
  readonly error?: string | undefined;
  readonly hint?: string;
  readonly optional?: boolean;
}

export function MoneyField({ label, name, value, unit, onChange, error, hint, optional = false }: MoneyFieldProps) {
  const { t, language } = useWords();
  const sum = parseSum(value, unit);
  return (
    <Field
      label={label}
      error={error}
      optional={optional}
      hint={sum === undefined ? (hint ?? t('field.sumHint')) : <span className={styles.understood}>= {sumWords(sum, language)}</span>}
    >
      {(control) => (
        <div className={styles.row}>
          <input {...control} name={name} value={value} autoComplete="off" onChange={(event) => onChange(event.target.value)} />
          <span className={styles.unit} aria-hidden="true">
            {t(unit === 1 ? 'field.won' : 'field.man')}
          </span>
        </div>
      )}
    </Field>
  );
}
