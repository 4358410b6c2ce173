/**
 * A small picture of a page. Drawn on a canvas, so that no address outside of our own origin is
 * needed.
 */
import { useEffect, useRef } from 'react';
import { useWords } from '../../i18n/index.ts';
import { Icon } from '../../ui/icon.tsx';
import type { DraftPage } from './draft.tsx';
import styles from './page-preview.module.css';

export function PagePreview({ page }: { page: DraftPage }) {
  if (page.excerpt !== undefined) return <TextPreview text={page.excerpt} />;
  if (page.type.startsWith('image/')) return <ImagePreview page={page} />;
  return (
    <div className={`${styles.sheet} ${styles.paper}`} aria-hidden="true">
      <Icon name="contract" />
      PDF
    </div>
  );
}

function TextPreview({ text }: { text: string }) {
  return (
    <p className={`${styles.sheet} ${styles.text}`} aria-hidden="true">
      {text}
    </p>
  );
}

const width = 360;

function ImagePreview({ page }: { page: DraftPage }) {
  const { t } = useWords();
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let wanted = true;
    const draw = async () => {
      const bitmap = await createImageBitmap(page.file, { resizeWidth: width, resizeQuality: 'medium' });
      if (wanted && canvas.current) paint(canvas.current, bitmap);
      bitmap.close();
    };
    // A file that only claims to be a picture stays an empty sheet; the server says so.
    draw().catch(() => undefined);
    return () => {
      wanted = false;
    };
  }, [page.file]);
  return <canvas ref={canvas} className={styles.sheet} role="img" aria-label={t('contracts.pages.preview', { name: page.name })} />;
}

function paint(canvas: HTMLCanvasElement, bitmap: ImageBitmap): void {
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
}
