import { BigQueryError } from '../sql/errors';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextPageToken: string | undefined;
}

const LIST_PAGE = 1000;

/** One page of a list, by the request's maxResults and pageToken. */
export function paginate<T>(items: readonly T[], query: URLSearchParams): Page<T> {
  const start = readPageToken(query.get('pageToken'));
  const count = readCount(query.get('maxResults')) ?? LIST_PAGE;
  const end = start + count;
  return {
    items: items.slice(start, end),
    nextPageToken: end < items.length ? writePageToken(end) : undefined,
  };
}

/** A token holds the index of the first row that has not been sent yet. */
export function writePageToken(start: number): string {
  return Buffer.from(`row:${start}`).toString('base64url');
}

/** 0 where there is no token. Throws 'invalid' for one that this server never wrote. */
export function readPageToken(token: string | null | undefined): number {
  if (!token) return 0;
  const match = /^row:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'));
  if (!match) throw new BigQueryError('invalid', `Invalid value for pageToken: ${token}`);
  return Number(match[1]);
}

/** maxResults, startIndex and the like: a whole number, or undefined where it is not given. */
export function readCount(text: string | null | undefined): number | undefined {
  if (text === null || text === undefined || text === '') return undefined;
  if (!/^\d+$/.test(text)) {
    throw new BigQueryError('invalid', `Invalid value: '${text}' is not a whole number`);
  }
  return Number(text);
}
