/** The forms of statements that models send before their query: name, then what belongs to it. */
const NAME = '(`[^`]+`|[\\w.]+)';
export const CREATE = new RegExp(
  `^CREATE\\s+(?:OR\\s+REPLACE\\s+)?(?:TEMP|TEMPORARY)\\s+TABLE\\s+${NAME}\\s+AS\\s([\\s\\S]*)$`,
  'i',
);
export const CREATE_EMPTY = new RegExp(
  `^CREATE\\s+TABLE\\s+IF\\s+NOT\\s+EXISTS\\s+${NAME}\\s+\\(([^)]*)\\)$`,
  'i',
);
export const DELETE = new RegExp(`^DELETE\\s+(?:FROM\\s+)?${NAME}\\s+WHERE\\s([\\s\\S]*)$`, 'i');

export const INSERT = new RegExp(`^INSERT\\s+INTO\\s+${NAME}\\s+\\(([^)]*)\\)\\s([\\s\\S]*)$`, 'i');

/** The table of one row that a variable stands in. */
export const variableTable = (name: string): string => `variable_of_script_${name.toLowerCase()}`;

export const plainName = (written: string | undefined): string =>
  (written ?? '').replaceAll('`', '');
