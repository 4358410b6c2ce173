/** Sends the pages of a contract, by XMLHttpRequest: `fetch` does not report upload progress. */
import { retryAfterSeconds } from '../words/spans.ts';
import { checked } from './client.ts';
import { ApiProblem, problemOf } from './problem.ts';
import { receipt } from './schemas.ts';

export interface Submission {
  readonly pages: readonly File[];
  readonly locale: string;
  /**
   * The same for every attempt to send the same pages, so that a lost answer makes no second
   * contract.
   */
  readonly key: string;
  /** Share of the pages that has left this device, 0 to 1. */
  readonly sent: (share: number) => void;
}

/** Resolves with the id of the contract. @throws ApiProblem */
export function submitContract({ pages, locale, key, sent }: Submission): Promise<string> {
  const form = new FormData();
  form.append('locale', locale);
  for (const page of pages) form.append('pages', page, page.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/api/contracts');
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('idempotency-key', key);
    request.upload.onprogress = ({ loaded, total }) => sent(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new ApiProblem({ kind: 'offline', status: 0 }));
    request.onload = () => {
      try {
        resolve(idOf(request));
      } catch (problem) {
        reject(problem);
      }
    };
    request.send(form);
  });
}

function idOf(request: XMLHttpRequest): string {
  const body = bodyOf(request.responseText);
  if (request.status >= 200 && request.status < 300) return checked(receipt, body, request.status).id;
  throw problemOf(request.status, body, retryAfterSeconds(request.getResponseHeader('retry-after'), Date.now()));
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
