/** Line icons, drawn by us; always beside words, so they are hidden from screen readers. */
import styles from './icon.module.css';

const shapes = {
  contract: 'M6 3h9l4 4v14H6z M14 3v5h5 M9 12h7 M9 16h4',
  check: 'M4.5 12.5l5 5 10-11',
  list: 'M10 6h10 M10 12h10 M10 18h10 M3.5 6l1.5 1.5L7.5 5 M3.5 12l1.5 1.5L7.5 11 M3.5 18l1.5 1.5L7.5 17',
  house: 'M3.5 11.5L12 4l8.5 7.5 M6 10v10h12V10 M10 20v-6h4v6',
  board: 'M4 5h16v11H9l-5 4z M8 9h8 M8 12.5h5',
  camera: 'M4 8h3.5l2-3h5l2 3H20v11H4z M12 10a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7z',
  folder: 'M3.5 6h6l2 2.5h9V19h-17z',
  paste: 'M8 5H5.5v16h13V5H16 M8.5 3h7v4h-7z M9 12h6 M9 16h4',
  earlier: 'M12 19V5 M6 11l6-6 6 6',
  later: 'M12 5v14 M6 13l6 6 6-6',
  remove: 'M4.5 6.5h15 M9.5 6V3.5h5V6 M6.5 6.5l1 14h9l1-14 M10 10.5v6 M14 10.5v6',
  forward: 'M5 12h14 M13 6l6 6-6 6',
  back: 'M19 12H5 M11 6l-6 6 6 6',
  outside: 'M13.5 4.5h6v6 M19.5 4.5l-9 9 M17 14v5.5H4.5V7H10',
  print: 'M7 8.5V3.5h10v5 M7 17H4V8.5h16V17h-3 M7 14h10v6.5H7z',
  plus: 'M12 5v14 M5 12h14',
  pen: 'M4.5 19.5l1-4L16 5l3 3L8.5 18.5z M13.5 7.5l3 3',
  search: 'M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13z M15.5 15.5l5 5',
  again: 'M19.5 12a7.5 7.5 0 1 1-2.3-5.4 M19.5 3.5v4.5H15',
  cloud:
    'M4 4l16 16 M8.5 8.6A5.5 5.5 0 0 0 6.500 9.500 4.500 4.500 0 0 0 7 18.500h10 M11 7a5.500 5.500 0 0 1 6.300 4.200 3.800 3.800 0 0 1 2.600 5.600',
  clock: 'M12 4a8 8 0 1 0 0 16 8 8 0 0 0 0-16z M12 7.500v5l3.500 2',
  person:
    'M12 4.500a3.750 3.750 0 1 0 0 7.500 3.750 3.750 0 0 0 0-7.500z M4.500 20c.8-3.600 3.700-5.500 7.500-5.500s6.700 1.900 7.500 5.500',
  danger: 'M8.300 3h7.400L21 8.300v7.400L15.700 21H8.300L3 15.700V8.300z M12 7.500v5.500 M12 16v.5',
  caution: 'M12 4l9 16H3z M12 10v4.500 M12 17v.3',
  safe: 'M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17z M8 12.300l2.800 2.800 5.200-6',
} as const;

export type IconName = keyof typeof shapes;

export function Icon({ name, className = '' }: { name: IconName; className?: string | undefined }) {
  return (
    <svg className={`${styles.icon} ${className}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={shapes[name]} />
    </svg>
  );
}
