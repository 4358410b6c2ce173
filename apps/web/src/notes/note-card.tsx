/** A house note in the list. */
import { Link } from 'react-router';
import type { Note } from '../api/schemas.ts';
import { useWords } from '../i18n/index.ts';
import { Price } from '../ui/price.tsx';
import { dayWords } from '../words/spans.ts';
import styles from './note-card.module.css';

export interface NoteCardProps {
  readonly note: Note;
  readonly comparable: boolean;
  readonly selected: boolean;
  /** No more can be chosen. */
  readonly full: boolean;
  readonly onSelect: () => void;
}

export function NoteCard({ note, comparable, selected, full, onSelect }: NoteCardProps) {
  const { t, language } = useWords();
  return (
    <li className={selected ? `${styles.card} ${styles.selected}` : styles.card}>
      <h2 className={styles.title}>
        <Link to={`/notes/${note.id}`}>{note.title}</Link>
      </h2>
      {note.address && <p className={styles.detail}>{note.address}</p>}
      <Price deposit={note.deposit} monthlyRent={note.monthlyRent} />
      <p className={styles.detail}>
        {[note.visitedOn && dayWords(note.visitedOn, language), t('notes.checkedCount', { count: note.checked.length })]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {comparable && (
        <label className={styles.select}>
          <input type="checkbox" className={styles.box} checked={selected} disabled={full && !selected} onChange={onSelect} />
          <span>{t('notes.select')}</span>
          <span className="unseen">{note.title}</span>
        </label>
      )}
    </li>
  );
}
