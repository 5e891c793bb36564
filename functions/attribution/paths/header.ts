import { UserError } from '../../shared/errors';

/** Names of the columns; where one is absent, the usual names are tried in turn. */
export interface PathColumnNames {
  readonly path?: string | undefined;
  readonly conversions?: string | undefined;
  readonly value?: string | undefined;
  readonly nulls?: string | undefined;
}

/** What a column holds; others are skipped. */
export const Role = { Skip: 0, Path: 1, Conversions: 2, Value: 3, Nulls: 4 } as const;

const USUAL = {
  path: ['path'],
  conversions: ['total_conversions', 'conversions'],
  value: ['total_conversion_value', 'conversion_value'],
  nulls: ['total_null', 'nulls'],
} as const;

/**
 * The role of each column of a header line.
 *
 * @throws UserError where the path's or the conversions' column is missing, or one that was named
 */
export function rolesOf(header: readonly string[], names: PathColumnNames): Uint8Array {
  const roles = new Uint8Array(header.length);
  const give = (part: keyof typeof USUAL, role: number, isNeeded: boolean) => {
    const name = names[part];
    const candidates = name === undefined ? USUAL[part] : [name];
    const place = candidates.map((candidate) => placeOf(header, candidate)).find((at) => at >= 0);
    if (place !== undefined) {
      roles[place] = role;
    } else if (isNeeded || name !== undefined) {
      const [only = ''] = header;
      if (header.length === 1 && /[;\t]/.test(only)) {
        throw new UserError(
          `the columns stand apart by ${only.includes(';') ? 'semicolons' : 'tabs'}; save the file with commas between them`,
        );
      }
      const others = candidates.length > 1 ? ` (or ${candidates.slice(1).join(', ')})` : '';
      throw new UserError(
        `there is no column ${candidates[0]}${others}; add it, or name yours with --${part}-column (the file has: ${header.join(', ')})`,
      );
    }
  };
  give('path', Role.Path, true);
  give('conversions', Role.Conversions, true);
  give('value', Role.Value, false);
  give('nulls', Role.Nulls, false);
  return roles;
}

function placeOf(header: readonly string[], name: string): number {
  const place = header.indexOf(name);
  if (place >= 0 && header.indexOf(name, place + 1) >= 0) {
    throw new UserError(`the column ${name} stands twice; give each its own name`);
  }
  return place;
}
