/** The shape of what is about to come. */
import styles from './skeleton.module.css';

/** Lines of text; the last one is shorter. */
export function SkeletonText({ lines = 3 }: { lines?: number }) {
  return (
    <div className={styles.text}>
      {Array.from({ length: lines }, (_, line) => (
        <span key={String(line)} className={styles.line} />
      ))}
    </div>
  );
}

export function SkeletonSheets({ count = 3 }: { count?: number }) {
  return (
    <div className={styles.sheets}>
      {Array.from({ length: count }, (_, sheet) => (
        <div key={String(sheet)} className={styles.sheet}>
          <SkeletonText lines={2} />
        </div>
      ))}
    </div>
  );
}
