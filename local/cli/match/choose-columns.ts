import { guessId, guessKind, type Kind, SINGLE_KINDS } from '@tributary/functions/identity/kinds';
import type { MatchSettings } from '@tributary/functions/identity/settings';
import { UserError } from '@tributary/functions/shared/errors';
import type { DateOrder } from './includes';

/** A column of the file, and what it is called in the warehouse. */
export interface ChosenColumn {
  readonly column: string;
  readonly kind: Kind;
  /** The kind, numbered from its second column on: address, address_2. */
  readonly slot: string;
  /** Of addresses: whether there are numbers of flats among them. */
  readonly hasUnits?: boolean;
  /** Of dates: which part stands first where a value leaves it open; the day if nothing is said. */
  readonly dateOrder?: DateOrder;
  /** Of dates: the same by file, where its values tell. */
  readonly fileOrders?: readonly (DateOrder | undefined)[];
  /** Of dates: the last year that one of two digits can be. */
  readonly pivotYear?: number;
}

export interface ChosenColumns {
  /** Column of the record's id; undefined where records are numbered. */
  readonly id: string | undefined;
  readonly compared: readonly ChosenColumn[];
  /** Columns whose equal values prove one person, and different ones two. */
  readonly unique: readonly string[];
  /** Columns that nothing was said of and whose names say nothing. */
  readonly ignored: readonly string[];
}

/**
 * What each column is taken for: by the settings, or else by its name.
 *
 * @throws UserError where a named column is not there, or none can be compared
 */
export function chooseColumns(settings: MatchSettings, columns: readonly string[]): ChosenColumns {
  const id = settings.id ?? guessId(columns);
  if (id !== undefined) requireColumn(id, columns);
  const kinds = settings.columns
    ? Object.entries(settings.columns)
    : columns.flatMap((column): [string, Kind][] => {
        const kind = column === id ? undefined : guessKind(column);
        return kind ? [[column, kind]] : [];
      });
  const counts = new Map<Kind, number>();
  const compared: ChosenColumn[] = [];
  const unique: string[] = [];
  for (const [column, kind] of kinds) {
    requireColumn(column, columns);
    if (kind === 'unique_id') {
      unique.push(column);
      continue;
    }
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    if (count > 1 && SINGLE_KINDS.includes(kind)) {
      if (settings.columns === undefined) continue;
      throw new UserError(`"columns" names two columns of kind ${kind}; leave one of them out.`);
    }
    compared.push({ column, kind, slot: count === 1 ? kind : `${kind}_${count}` });
  }
  if (compared.length === 0 && settings.columns !== undefined) {
    throw new UserError(
      '"columns" names nothing that can be compared: a unique_id alone joins equal values, for which no matching is needed.',
    );
  }
  if (compared.length === 0) {
    throw new UserError(
      `None of the columns ${columns.join(', ')} tells by its name what it holds: say it in the settings, as in {"columns": {"${columns[1] ?? columns[0]}": "full_name"}}.`,
    );
  }
  const used = new Set([id, ...kinds.map(([column]) => column)]);
  return { id, compared, unique, ignored: columns.filter((column) => !used.has(column)) };
}

function requireColumn(column: string, columns: readonly string[]): void {
  if (columns.includes(column)) return;
  throw new UserError(
    `The settings name a column "${column}" that the input lacks: it has ${columns.join(', ')}.`,
  );
}
