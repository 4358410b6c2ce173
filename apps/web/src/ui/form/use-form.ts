/** A form's texts and their faults, which show after the first attempt and follow each change. */
import { type SubmitEvent, useRef, useState } from 'react';
import { faultOf } from '../../api/problem.ts';
import { useWords } from '../../i18n/index.ts';
import { type Faults, faultsOf, type Rule } from '../../words/faults.ts';

export interface FormOptions<F extends string> {
  readonly start: Readonly<Record<F, string>>;
  /** In the order of the form. */
  readonly rules: readonly Rule<F>[];
  readonly labels: Readonly<Record<F, string>>;
  /** The server's answer to the last attempt. */
  readonly error: Error | null;
  readonly send: (form: Readonly<Record<F, string>>) => void;
}

export function useForm<F extends string>({ start, rules, labels, error, send }: FormOptions<F>) {
  const { t } = useWords();
  const [form, setForm] = useState(start);
  const [tried, setTried] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const faults: Faults<string> = tried ? faultsOf(rules, form) : {};
  const words = (field: F): string | undefined => {
    const kind = faults[field as string];
    return kind
      ? t(`field.${kind}`, { label: labels[field], max: rules.find((rule) => rule.field === field)?.longest })
      : faultOf(error, field);
  };
  return {
    form,
    element,
    faultCount: Object.keys(faults).length,
    /** All that a text control needs. */
    field: (field: F) => ({ label: labels[field], error: words(field) }),
    control: (field: F) => ({
      name: field,
      value: form[field],
      onChange: (event: { target: { value: string } }) => setForm({ ...form, [field]: event.target.value }),
    }),
    money: (field: F) => ({
      label: labels[field],
      name: field,
      value: form[field],
      error: words(field),
      onChange: (value: string) => setForm({ ...form, [field]: value }),
    }),
    onSubmit: (event: SubmitEvent) => {
      event.preventDefault();
      setTried(true);
      const wrong = Object.keys(faultsOf(rules, form))[0];
      if (wrong === undefined) send(form);
      else element.current?.querySelector<HTMLElement>(`[name="${wrong}"]`)?.focus();
    },
  };
}
