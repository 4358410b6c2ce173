/** Makes pages from the chosen files: photos are resized so that they can be read and sent. */
import { type DraftPage, freshKey } from './draft.tsx';
import { limits, mediaTypeOf } from './limits.ts';

/** Photos up to this size are sent as they are. */
const smallBytes = 1_500_000;
/** About 200 dots an inch on A4: enough to read small print. */
const longSide = 2400;
const quality = 0.85;
const excerptLength = 400;

export async function preparePage(file: File): Promise<DraftPage> {
  const type = mediaTypeOf(file);
  const ready = type.startsWith('image/') && file.size > smallBytes ? await shrunk(file) : file;
  const text = type === 'text/plain' ? await beginning(ready) : undefined;
  const excerpt = text?.slice(0, excerptLength);
  const sizes = { size: ready.size, characters: text?.length };
  return { id: freshKey(), file: ready, name: file.name, type: ready === file ? type : ready.type, ...sizes, excerpt };
}

/**
 * As much of a text as shows whether it is too long: in UTF-8 a character has at most three bytes
 * for each of its units.
 */
function beginning(file: File): Promise<string> {
  return file.slice(0, (limits.pageCharacters + 1) * 3).text();
}

/** A page of pasted text. */
export function textPage(text: string, name: string): Promise<DraftPage> {
  return preparePage(new File([text], `${name}.txt`, { type: 'text/plain' }));
}

/** A smaller JPEG; the file itself when it can't be drawn or gets no smaller. */
async function shrunk(file: File): Promise<File> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) return file;
  const scale = Math.min(1, longSide / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', quality));
  return blob && blob.size < file.size ? new File([blob], file.name.replace(/\.\w+$/, '.jpg'), { type: 'image/jpeg' }) : file;
}
