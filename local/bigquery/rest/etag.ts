import { BigQueryError } from '../sql/errors';
import type { RestRequest } from './messages';

/** Names one version of a resource, which changed last at that time (milliseconds since 1970). */
export function etag(modifiedAt: number): string {
  return `"${modifiedAt}"`;
}

/** Throws 'conditionNotMet' where the request wants to change another version than this one. */
export function requireEtag({ headers }: RestRequest, modifiedAt: number): void {
  const wanted = headers['if-match'];
  if (wanted === undefined || wanted === '*' || wanted === etag(modifiedAt)) return;
  throw new BigQueryError(
    'conditionNotMet',
    'Precondition Failed: somebody has changed it since: get it again',
  );
}
