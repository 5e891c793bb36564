import type { RestRequest } from './messages';

/** Labels as sent by a PATCH: a value of null removes the label. */
type LabelChanges = Readonly<Record<string, string | null>> | null | undefined;

interface Metadata {
  readonly description?: string;
  readonly friendlyName?: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/**
 * The metadata that datasets and tables share, changed as PATCH changes it: what is missing in
 * the body stays, null removes.
 */
export function patchMetadata<T extends Metadata>(
  entry: T,
  body: {
    readonly description?: string | null | undefined;
    readonly friendlyName?: string | null | undefined;
    readonly labels?: LabelChanges;
  },
): T {
  const { description, friendlyName, labels, ...rest } = entry;
  const nextDescription = body.description === undefined ? description : body.description;
  const nextName = body.friendlyName === undefined ? friendlyName : body.friendlyName;
  const nextLabels = patchLabels(labels, body.labels);
  return {
    ...(rest as unknown as T),
    ...(nextDescription && { description: nextDescription }),
    ...(nextName && { friendlyName: nextName }),
    ...(nextLabels && { labels: nextLabels }),
  };
}

/** What a change starts from: PUT replaces the metadata, PATCH goes on from what is there. */
export function changeBase<T extends Metadata>({ method }: RestRequest, entry: T): T {
  if (method !== 'PUT') return entry;
  const { description: _description, friendlyName: _name, labels: _labels, ...rest } = entry;
  return rest as unknown as T;
}

function patchLabels(
  labels: Readonly<Record<string, string>> | undefined,
  changes: LabelChanges,
): Readonly<Record<string, string>> | undefined {
  if (changes === undefined) return labels;
  if (changes === null) return undefined;
  const merged = Object.entries({ ...labels, ...changes }).filter(
    (label): label is [string, string] => label[1] !== null,
  );
  return merged.length > 0 ? Object.fromEntries(merged) : undefined;
}
