/** One line of an access log in the combined format. */
export interface AccessLogLine {
  readonly ip: string;
  /** Name from HTTP authentication. */
  readonly user: string | undefined;
  readonly occurredAt: Date;
  readonly method: string;
  /** Path and query as requested; a whole address where a proxy was asked. */
  readonly target: string;
  readonly protocol: string;
  readonly status: number;
  readonly bytes: number | null;
  readonly referrer: string | undefined;
  readonly userAgent: string | undefined;
}

type ParsedLine =
  | { readonly ok: true; readonly value: AccessLogLine }
  | { readonly ok: false; readonly reason: string };

const quoted = '"((?:[^"\\\\]|\\\\.)*)"';
const start = String.raw`^(\S+) (\S+) (\S+) \[([^\]]*)\] `;
const line = new RegExp(String.raw`${start}${quoted} (\d{3}) (\d+|-) ${quoted} ${quoted}(?: .*)?$`);
const time = /^(\d{2})\/([A-Z][a-z]{2})\/(\d{4}):(\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})$/;
const request = /^([A-Z][A-Z-]*) (\S.*?) (HTTP\/\d(?:\.\d)?)$/;
const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** Reads one line; a line that can't be read says which of its parts is wrong. */
export function parseAccessLogLine(text: string): ParsedLine {
  const match = line.exec(text);
  if (match === null) return { ok: false, reason: explain(text) };
  const [, ip = '', , user, when = '', requested = '', status, bytes, referrer, userAgent] = match;
  const occurredAt = parseTime(when);
  if (occurredAt === undefined) return { ok: false, reason: `the time is none: [${when}]` };
  const parts = request.exec(unquote(requested));
  if (parts === null) {
    return { ok: false, reason: `the request is none: "${requested.slice(0, 80)}"` };
  }
  const [, method = '', target = '', protocol = ''] = parts;
  return {
    ok: true,
    value: {
      ip,
      user: dashed(user),
      occurredAt,
      method,
      target,
      protocol,
      status: Number(status),
      bytes: bytes === '-' ? null : Number(bytes),
      referrer: dashed(referrer),
      userAgent: dashed(userAgent),
    },
  };
}

function parseTime(text: string): Date | undefined {
  const match = time.exec(text);
  if (match === null) return undefined;
  const [, day, name = '', year, hour, minute, second, sign, offsetHours, offsetMinutes] = match;
  const month = months.indexOf(name);
  const utc = Date.UTC(
    Number(year),
    month,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  const moved = new Date(utc);
  // Date.UTC moves 31 February to March, and 25 o'clock to the next day: neither was logged.
  if (month < 0 || moved.getUTCDate() !== Number(day) || moved.getUTCHours() !== Number(hour)) {
    return undefined;
  }
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000;
  return new Date(sign === '-' ? utc + offset : utc - offset);
}

/** The first part of the combined format that the line does not have. */
function explain(text: string): string {
  const steps: readonly (readonly [string, string])[] = [
    [start, 'it does not begin with address, identity, user and [time]'],
    [`${quoted} `, 'the request is not in quotes'],
    [String.raw`(\d{3}) (\d+|-)`, 'status and size are no numbers'],
    [
      ` ${quoted}`,
      'it ends before the referrer (is it the common format? log in the combined one)',
    ],
    [` ${quoted}`, 'the user agent is not closed by a quote: the line is cut off'],
  ];
  let pattern = '';
  for (const [part, problem] of steps) {
    pattern += part;
    if (!new RegExp(pattern).test(text)) return `not in the combined log format: ${problem}`;
  }
  return 'not in the combined log format';
}

function dashed(text: string | undefined): string | undefined {
  return text === undefined || text === '-' || text === '' ? undefined : unquote(text);
}

/** Servers write a quote inside a field as \" and a backslash as \\. */
function unquote(text: string): string {
  return text.replace(/\\(["\\])/g, '$1');
}
