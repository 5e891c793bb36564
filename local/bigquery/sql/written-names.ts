/** Strings and comments; a parenthesis; a name, dots and all. What else stands in a text is passed. */
const PIECE = new RegExp(
  [
    /'''(?:\\[\s\S]|[^\\])*?'''|"""(?:\\[\s\S]|[^\\])*?"""/,
    /'(?:\\[\s\S]|[^'\\\n])*'|"(?:\\[\s\S]|[^"\\\n])*"/,
    /--[^\n]*|#[^\n]*|\/\*[\s\S]*?\*\//,
    /(\()/,
    /((?:`[^`\\\n]+`|[a-z_][\w-]*)(?:\.(?:`[^`\\\n]+`|\w[\w-]*))*)/,
  ]
    .map((part) => part.source)
    .join('|'),
  'gi',
);

/** Words that the name of a table may follow. */
const BEFORE_TABLE = new Set([
  'DELETE',
  'FROM',
  'INTO',
  'JOIN',
  'LIKE',
  'MERGE',
  'TABLE',
  'UPDATE',
  'USING',
]);

/**
 * The names that follow FROM, JOIN and the like, in their parts: most of the tables that a
 * statement names, and other names too (of WITH queries and columns). For where nothing depends
 * on it that the list be right: the analyzer knows, but takes another call.
 */
export function writtenNames(sql: string): string[][] {
  const names = new Map<string, string[]>();
  let isExpected = false;
  for (const [, parenthesis, name] of sql.matchAll(PIECE)) {
    if (parenthesis) isExpected = false;
    if (name === undefined) continue;
    const isBefore = BEFORE_TABLE.has(name.toUpperCase());
    if (isExpected && !isBefore && !names.has(name)) names.set(name, partsOf(name));
    isExpected = isBefore;
  }
  return [...names.values()];
}

/** 'd.`t`' as its parts: what stands in one pair of backticks is one. */
export function partsOf(name: string): string[] {
  return (name.match(/`[^`]*`|[^`.]+/g) ?? []).map((part) => part.replaceAll('`', ''));
}
