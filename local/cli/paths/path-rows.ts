import type {
  ModelChannels,
  PathAttribution,
} from '@tributary/functions/attribution/attribute-paths';

/** A channel's row of one model; the last may be that of no channel. */
export interface PathRow {
  readonly model: string;
  readonly channel: string;
  /** Conversions. */
  readonly credit: number;
  /** Of all conversions. */
  readonly share: number;
  readonly removal_effect?: number;
  readonly shapley_value?: number;
  readonly standard_error?: number;
  readonly value?: number;
}

/** Where conversions without touches stand. */
export const NO_CHANNEL = '(none)';

/** All models' rows, those of a model from the most credit to the least. */
export function pathRows(result: PathAttribution): PathRow[] {
  return result.models.flatMap((model) => rowsOf(model, result));
}

function rowsOf(model: ModelChannels, result: PathAttribution): PathRow[] {
  const { channels, base, conversionTotal } = result;
  const share = (credit: number) => (conversionTotal === 0 ? 0 : credit / conversionTotal);
  const rows = channels.map((channel, code): PathRow => {
    const credit = model.credit[code] as number;
    return {
      model: model.model,
      channel,
      credit,
      share: share(credit),
      ...part('removal_effect', model.removalEffect?.[code]),
      ...part('shapley_value', model.shapleyValue?.[code]),
      ...part('standard_error', model.standardError?.[code]),
      ...part('value', model.value?.[code]),
    };
  });
  rows.sort((a, b) => b.credit - a.credit || (a.channel < b.channel ? -1 : 1));
  if (base.conversions === 0) return rows;
  return [
    ...rows,
    {
      model: model.model,
      channel: NO_CHANNEL,
      credit: base.conversions,
      share: share(base.conversions),
      ...part('value', model.value && base.value),
    },
  ];
}

function part<Name extends string>(name: Name, value: number | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { [name in Name]?: number };
}
