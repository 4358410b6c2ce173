/** Things to press: buttons, and links that look like them. */
import type { ComponentProps } from 'react';
import { Link } from 'react-router';
import styles from './button.module.css';

type ButtonLook = 'main' | 'plain' | 'quiet' | 'danger';

interface Look {
  readonly look?: ButtonLook | undefined;
}

function classOf(look: ButtonLook | undefined, className: string | undefined): string {
  return [styles.button, styles[look ?? 'plain'], className].filter(Boolean).join(' ');
}

export function Button({ look, className, type = 'button', ...rest }: ComponentProps<'button'> & Look) {
  return <button {...rest} type={type} className={classOf(look, className)} />;
}

export function ButtonLink({ look, className, ...rest }: ComponentProps<typeof Link> & Look) {
  return <Link {...rest} className={classOf(look, className)} />;
}

/** For addresses that the router does not serve, like signing in. */
export function ButtonAnchor({ look, className, children, ...rest }: ComponentProps<'a'> & Look) {
  return (
    <a {...rest} className={classOf(look, className)}>
      {children}
    </a>
  );
}

/** A file input that looks like a button; the input itself stays reachable by keyboard. */
export function ButtonFile({ look, className, children, ...rest }: ComponentProps<'input'> & Look) {
  return (
    <label className={classOf(look, `${styles.file} ${className ?? ''}`)}>
      <input {...rest} type="file" className="unseen" />
      {children}
    </label>
  );
}
