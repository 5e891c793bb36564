import { BigQueryError, UnsupportedError } from './errors';
import { parseType } from './parse-type';
import type { GoogleSqlType } from './types';

/** A statement of the scripting language, which the analyzer does not know. */
type Scripting =
  | { readonly kind: 'transaction'; readonly action: TransactionAction }
  | {
      readonly kind: 'declare' | 'set';
      readonly names: readonly string[];
      /** The declared type; undefined where the value gives it. */
      readonly type: GoogleSqlType | undefined;
      /** GoogleSQL expression. */
      readonly value: string;
    };

const NAME = '[A-Za-z_][A-Za-z0-9_]*';

/** Scripting that is refused, by the first words that give it away. */
const REFUSED = [
  'EXECUTE IMMEDIATE',
  'IF',
  'WHILE',
  'LOOP',
  'REPEAT',
  'FOR',
  'CASE',
  'CALL',
  'RETURN',
  'RAISE',
  'BREAK',
  'LEAVE',
  'CONTINUE',
  'ITERATE',
  'BEGIN',
  'END',
];

const REFUSED_START = new RegExp(`^(?:${REFUSED.join('|')})\\b`, 'i');

type TransactionAction = 'begin' | 'commit' | 'rollback';

/** What a statement does with transactions, if that is all it does; never throws. */
export function readTransaction(sql: string): TransactionAction | undefined {
  const match = /^\s*(BEGIN|COMMIT|ROLLBACK)(\s+TRANSACTION)?\s*$/i.exec(sql);
  return match?.[1]?.toLowerCase() as TransactionAction | undefined;
}

/** Recognizes DECLARE ... DEFAULT, SET and transactions; refuses other scripting by name. */
export function readScripting(sql: string): Scripting | undefined {
  const text = sql.trim();
  const action = readTransaction(text);
  if (action) return { kind: 'transaction', action };
  if (/^DECLARE\b/i.test(text)) return readDeclare(text);
  if (/^SET\b/i.test(text)) return readSet(text);
  const refused = REFUSED_START.exec(text)?.[0].toUpperCase();
  if (refused) throw new UnsupportedError(`${refused} in scripts`, { line: 1, column: 1 });
  return undefined;
}

function readDeclare(text: string): Scripting {
  const match = new RegExp(`^DECLARE\\s+(${NAME}(?:\\s*,\\s*${NAME})*)\\s*([\\s\\S]*)$`, 'i').exec(
    text,
  );
  if (!match)
    throw new BigQueryError('invalidQuery', 'Syntax error in DECLARE', { line: 1, column: 1 });
  const names = (match[1] as string).split(',').map((name) => name.trim());
  const rest = match[2] as string;
  const split = /^([\s\S]*?)\bDEFAULT\b([\s\S]*)$/i.exec(rest);
  const typeText = (split ? (split[1] as string) : rest).trim();
  const type = typeText === '' ? undefined : declaredType(typeText, text);
  if (!split && !type) {
    throw new BigQueryError('invalidQuery', 'DECLARE needs a type or a DEFAULT', {
      line: 1,
      column: 1,
    });
  }
  return { kind: 'declare', names, type, value: split?.[2]?.trim() ?? 'NULL' };
}

function declaredType(typeText: string, statement: string): GoogleSqlType {
  try {
    return parseType(typeText);
  } catch (error) {
    if (!(error instanceof BigQueryError)) throw error;
    const before = statement.slice(0, statement.indexOf(typeText)).split('\n');
    throw error.at({ line: before.length, column: (before.at(-1) ?? '').length + 1 });
  }
}

function readSet(text: string): Scripting {
  const match = new RegExp(`^SET\\s+(${NAME})\\s*=\\s*([\\s\\S]+)$`, 'i').exec(text);
  if (!match) throw new UnsupportedError('SET other than SET name = value', { line: 1, column: 1 });
  return {
    kind: 'set',
    names: [match[1] as string],
    type: undefined,
    value: match[2] as string,
  };
}
