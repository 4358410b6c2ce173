/** What is searched for among the listings, as it stands in the address. */
export interface Filter {
  readonly query: string;
  /** In won; undefined for any. */
  readonly maxDeposit: number | undefined;
  readonly maxRent: number | undefined;
}

export function filterOf(search: URLSearchParams): Filter {
  return {
    query: search.get('query')?.trim().slice(0, 100) ?? '',
    maxDeposit: sumOf(search.get('maxDeposit')),
    maxRent: sumOf(search.get('maxRent')),
  };
}

function sumOf(text: string | null): number | undefined {
  return text !== null && /^\d{1,13}$/.test(text) ? Number(text) : undefined;
}

/** The parts that say something, for the address and for the API. */
export function searchOf({ query, maxDeposit, maxRent }: Filter, before?: string): URLSearchParams {
  const parts = { query, maxDeposit, maxRent, before };
  return new URLSearchParams(
    Object.entries(parts).flatMap(([name, value]) =>
      value === undefined || value === '' ? [] : [[name, String(value)] as [string, string]],
    ),
  );
}

export function isFiltered(filter: Filter): boolean {
  return searchOf(filter).size > 0;
}
