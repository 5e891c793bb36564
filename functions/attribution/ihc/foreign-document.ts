import { looseName } from './loose-name';
import { type IhcParameters, ihcParametersSchema } from './parameters';

/** Keys some documents have beside the parameters, without effect on scores. */
const KNOWN_BESIDE = new Set(['version', 'description', 'comment', 'name', 'account']);

/**
 * A sentence on keys of a parameters document that scoring does not read, so that a misspelt
 * reset, or a redistribution, is not left out in silence; undefined where there are none.
 */
export function unreadKeys(document: object): string | undefined {
  const { shape } = ihcParametersSchema;
  const unread = Object.keys(document).filter(
    (key) => !Object.hasOwn(shape, key) && !KNOWN_BESIDE.has(key),
  );
  return unread.length === 0
    ? undefined
    : `The parameters have ${unread.join(', ')}, which scoring does not read.`;
}

export interface AlignedParameters {
  readonly parameters: IhcParameters;
  /** Sentences on channels that were taken for one another, and on those without weights. */
  readonly notes: readonly string[];
}

/**
 * Weights under the journeys' own channel names: a name that differs only in case or white space
 * means the same channel, unless two do. Scores would follow a weight of 1 otherwise.
 */
export function alignChannels(
  parameters: IhcParameters,
  channels: readonly string[],
): AlignedParameters {
  const given = Object.entries(parameters.channel_weights);
  const byLooseName = new Map<string, (typeof given)[number][]>();
  for (const entry of given) {
    const name = looseName(entry[0]);
    byLooseName.set(name, [...(byLooseName.get(name) ?? []), entry]);
  }
  const aligned = new Map(given);
  const taken: string[] = [];
  const without: string[] = [];
  for (const channel of channels) {
    const [found, other] = byLooseName.get(looseName(channel)) ?? [];
    if (Object.hasOwn(parameters.channel_weights, channel)) {
      continue;
    }
    if (found === undefined || other !== undefined) {
      without.push(channel);
    } else {
      aligned.set(channel, found[1]);
      taken.push(`${JSON.stringify(found[0])} for ${JSON.stringify(channel)}`);
    }
  }
  return {
    parameters: { ...parameters, channel_weights: Object.fromEntries(aligned) },
    notes: [
      ...(taken.length === 0 ? [] : [`Channels taken for the same: ${taken.join(', ')}.`]),
      ...(without.length === 0 || given.length === 0
        ? []
        : [`Channels without weights, scored with 1: ${without.join(', ')}.`]),
    ],
  };
}
