/** The forms of statements that models send before their query: name, then what belongs to it. */
const NAME = '(`[^`]+`|[\\w.]+)';
export const CREATE = new RegExp(
  `^CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:(?:TEMP|TEMPORARY)\\s+)?TABLE\\s+${NAME}\\s+AS\\s([\\s\\S]*)$`,
  'i',
);
export const CREATE_EMPTY = new RegExp(
  `^CREATE\\s+TABLE\\s+IF\\s+NOT\\s+EXISTS\\s+${NAME}\\s+\\(([^)]*)\\)(?:\\s+PARTITION\\s+BY\\s[\\s\\S]*)?$`,
  'i',
);
export const DELETE = new RegExp(`^DELETE\\s+(?:FROM\\s+)?${NAME}\\s+WHERE\\s([\\s\\S]*)$`, 'i');

export const TRUNCATE = new RegExp(`^TRUNCATE\\s+TABLE\\s+${NAME}$`, 'i');

/** Table, its alias, what is set, another table, and what joins them. */
export const UPDATE = new RegExp(
  `^UPDATE\\s+${NAME}\\s+AS\\s+(\\w+)\\s+SET\\s([\\s\\S]*?)\\sFROM\\s+${NAME}\\s+WHERE\\s([\\s\\S]*)$`,
  'i',
);

/** Columns and the SQL that they are set to: `a = x, b = f(y, z)`. */
export function readAssignments(list: string): { column: string; value: string }[] {
  const parts = [''];
  let depth = 0;
  for (const character of list) {
    depth += character === '(' ? 1 : character === ')' ? -1 : 0;
    if (character === ',' && depth === 0) parts.push('');
    else parts.push(`${parts.pop()}${character}`);
  }
  return parts.map((part) => {
    const [column = '', ...value] = part.split('=');
    return { column: column.trim(), value: value.join('=').trim() };
  });
}

export const INSERT = new RegExp(`^INSERT\\s+INTO\\s+${NAME}\\s+\\(([^)]*)\\)\\s([\\s\\S]*)$`, 'i');

/** The table of one row that a variable stands in. */
export const variableTable = (name: string): string => `variable_of_script_${name.toLowerCase()}`;

export const plainName = (written: string | undefined): string =>
  (written ?? '').replaceAll('`', '');
