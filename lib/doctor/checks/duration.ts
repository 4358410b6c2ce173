/** How long something lasts or has lasted, in days where there is one. */
import { counted } from '../../values/counted.ts';

const units = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/** @param milliseconds not negative; rounded down: `89 days`, `1 day`, `3 hours` */
export function durationText(milliseconds: number): string {
  const [name, size] = units.find((unit) => milliseconds >= unit[1]) ?? (['second', 1000] as const);
  const count = Math.floor(milliseconds / size);
  return counted(count, name);
}
