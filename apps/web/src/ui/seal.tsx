/**
 * The seal of the service: the word 도장 cut in straight strokes, as on a carved stamp. Decoration
 * only.
 */
import styles from './seal.module.css';

export function Seal({ className = '' }: { className?: string | undefined }) {
  return (
    <svg className={`${styles.seal} ${className}`} viewBox="0 0 100 100" aria-hidden="true" focusable="false">
      <path
        className={styles.ground}
        d="M14 3 L31 2.2 50 3.1 72 2 86 3 Q96.4 3.4 97 14 L98 33 97 52 98 74 97.2 86 Q96.6 96.6 86 97 L66 98 47 97 25 98 14 97.2 Q3.2 96.4 3 86 L2 65 3 47 2 27 3 14 Q3.4 3.6 14 3 Z"
      />
      <g className={styles.cut}>
        <path d="M79 18 H21 V33 H79 M50 33 V45 M13 46.5 H87" />
        <path d="M15 58.5 H59 M37 58.5 V62 L17 74 M37 62 L57 74 M75 55 V76 M75 65 H88" />
        <path d="M29 81 H71 V90 H29 Z" />
      </g>
    </svg>
  );
}
