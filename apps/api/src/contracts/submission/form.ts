/** A multipart form taken apart. The parts are views of the body: nothing is copied. */
import { isUtf8 } from 'node:buffer';
import { MIMEType } from 'node:util';
import { MaxHeaderSizeExceededError, MaxPartsExceededError, type MultipartPart, parseMultipart } from '@remix-run/multipart-parser';
import { invalid, Problem } from '../../errors.ts';

export interface FormLimits {
  readonly maxParts: number;
  /** Thrown when there are more. */
  readonly tooMany: Problem;
}

export interface FormPart {
  /** Of the field. */
  readonly name: string;
  /** What the client calls the file; undefined for a field that is none. */
  readonly filename: string | undefined;
  readonly data: Buffer;
}

/** Name, file name and media type of one part. */
const maxHeaderSize = 4 * 1024;

/** @throws Problem 400 for what is no form, 422 for names that are not UTF-8, and `tooMany` */
export function formParts(body: Buffer, contentType: string, { maxParts, tooMany }: FormLimits): FormPart[] {
  const boundary = boundaryOf(contentType);
  if (!boundary) throw malformed('The form has no boundary.');
  const sizes = { maxFileSize: body.length, maxTotalSize: body.length };
  try {
    return Array.from(parseMultipart(body, { boundary, maxHeaderSize, maxParts, ...sizes }), (part) => formPart(part, body));
  } catch (error) {
    if (error instanceof Problem) throw error;
    if (error instanceof MaxPartsExceededError) throw tooMany;
    const detail =
      error instanceof MaxHeaderSizeExceededError ? 'A part of the form has too long a header.' : 'This is no form with files.';
    throw malformed(detail, error);
  }
}

function formPart(part: MultipartPart, body: Buffer): FormPart {
  const [data] = part.content;
  return { ...namesOf(part), data: data ? Buffer.from(body.buffer, data.byteOffset, data.length) : Buffer.alloc(0) };
}

/**
 * They are decoded here: the parser throws for what is no UTF-8, and some encodings of a name put
 * U+FFFD in its place.
 */
function namesOf(part: MultipartPart): Pick<FormPart, 'name' | 'filename'> {
  try {
    const { name = '', filename } = part;
    if (!`${name}${filename}`.includes('\uFFFD')) return { name, filename };
  } catch {
    // The error below reports it.
  }
  throw invalid([{ field: '', message: 'has a name in the form that is not UTF-8' }]);
}

/** The text of a field. @throws Problem 422 */
export function fieldText({ name, data }: FormPart): string {
  if (!isUtf8(data)) throw invalid([{ field: name, message: 'is not UTF-8' }]);
  return data.toString('utf8');
}

function boundaryOf(contentType: string): string | null {
  try {
    return new MIMEType(contentType).params.get('boundary');
  } catch {
    return null;
  }
}

function malformed(detail: string, cause?: unknown): Problem {
  return new Problem(400, 'malformed', 'The request cannot be read', { detail, cause });
}
