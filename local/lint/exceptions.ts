import { type Problem, placeAt } from './problem';

/** A comment that lets a rule be broken, with its reason. */
interface Exception {
  readonly rule: string;
  readonly reason: string;
  /** The offset of the comment. */
  readonly offset: number;
}

const COMMENT = /(?:--|\/\/|#)\s*(?:lint-ok:\s*([\w-]*)(.*)|(order is total):(.*))$/m;

/** Reads the exception of a line, if it holds one. */
function exceptionIn(line: string, start: number): Exception | undefined {
  const found = COMMENT.exec(line);
  if (!found) return undefined;
  const [, rule = '', reason = '', total, why = ''] = found;
  const offset = start + found.index;
  return total
    ? { rule: 'total-order', reason: why.trim(), offset }
    : { rule, reason: reason.trim(), offset };
}

/**
 * The exception that covers a character: in a comment on its line, or in the comment lines right
 * above it. Undefined where the rule has none there, or one without a reason.
 */
export function findException(
  text: string,
  offset: number,
  rule: string,
): { readonly offset: number } | undefined {
  let start = text.lastIndexOf('\n', offset - 1) + 1;
  let line = lineFrom(text, start);
  for (;;) {
    const exception = exceptionIn(line, start);
    if (exception && exception.rule === rule && exception.reason !== '') return exception;
    if (start === 0) return undefined;
    start = text.lastIndexOf('\n', start - 2) + 1;
    line = lineFrom(text, start);
    if (!/^\s*(--|\/\/|#)/.test(line)) return undefined;
  }
}

function lineFrom(text: string, start: number): string {
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? undefined : end);
}

/** Exceptions of a file that say no reason, name no rule, or excuse nothing. */
export function checkExceptions(
  file: string,
  text: string,
  known: ReadonlySet<string>,
  isUsed: (line: number) => boolean,
): Problem[] {
  const problems: Problem[] = [];
  let start = 0;
  for (const line of text.split('\n')) {
    const exception = exceptionIn(line, start);
    start += line.length + 1;
    if (!exception) continue;
    const place = placeAt(text, exception.offset);
    const say = (message: string) => problems.push({ rule: 'lint-ok', file, ...place, message });
    if (!known.has(exception.rule)) {
      say(
        `there is no rule ${exception.rule || '(none named)'}; write -- lint-ok: <rule> <reason>`,
      );
    } else if (exception.reason === '')
      say('an exception needs its reason; write it behind the rule');
    else if (!isUsed(place.line))
      say(`nothing here breaks ${exception.rule}; take the comment away`);
  }
  return problems;
}
