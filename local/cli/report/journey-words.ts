import type { Journey } from './journey';

/** How the numbers of a shop are written. */
export interface Locale {
  /** IANA name. */
  readonly timeZone: string;
  /** Code of the base currency. */
  readonly baseCurrency: string;
}

/** '4 min', '3.5 h', '12 d': one unit, as many digits as tell something. */
export function duration(hours: number): string {
  if (hours > 0 && hours < 1 / 60) return '<1 min';
  if (hours < 1) return `${Math.round(hours * 60)} min`;
  if (hours < 24) return `${short(hours)} h`;
  return `${short(hours / 24)} d`;
}

/** Days before the conversion. */
export function days(hours: number | undefined): string {
  if (hours === undefined) return '';
  const value = hours / 24;
  return value > 0 && value < 0.1 ? value.toFixed(2) : short(value);
}

function short(value: number): string {
  return value >= 9.95 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, '');
}

/** A share in percent: '12.3%', '0%', and '<0.1%' for what is there but would read as 0. */
export function percent(share: number): string {
  if (share > 0 && share < 0.0005) return '<0.1%';
  return share === 0 ? '0%' : `${(100 * share).toFixed(1)}%`;
}

export function money(amount: number, currency: string): string {
  const text = amount.toLocaleString('en-US', {
    minimumFractionDigits: 2,
    maximumFractionDigits: 2,
  });
  return `${text} ${currency}`;
}

/** '12 Sep', and '14:05', in the time zone. */
export function dayOf(time: Date, timeZone: string): string {
  return partsOf(time, timeZone, { day: 'numeric', month: 'short' });
}

export function clockOf(time: Date, timeZone: string): string {
  return partsOf(time, timeZone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
}

/** '12 Sep 2026 14:05'. */
function momentOf(time: Date, timeZone: string): string {
  const year = partsOf(time, timeZone, { year: 'numeric' });
  return `${dayOf(time, timeZone)} ${year} ${clockOf(time, timeZone)}`;
}

function partsOf(time: Date, timeZone: string, options: Intl.DateTimeFormatOptions): string {
  // Sep, not Sept: British English differs between versions of the data.
  const parts = new Intl.DateTimeFormat('en-US', { ...options, timeZone }).formatToParts(time);
  const found = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  if (options.month) return `${found('day')} ${found('month')}`;
  if (options.hour) return `${found('hour')}:${found('minute')}`;
  return found('year');
}

/** What converted, when, and for how much. */
export function headline(journey: Journey, locale: Locale): string {
  const revenue = journey.revenue === 0 ? [] : [money(journey.revenue, locale.baseCurrency)];
  const moment = `${momentOf(journey.convertedAt, locale.timeZone)} ${locale.timeZone}`;
  return [journey.conversionType, moment, ...revenue].join(', ');
}

/** How many touchpoints (sessions, and conversions that count as one), over how long, and whose credit. */
export function subline(journey: Journey): string {
  const hours = Math.max(0, ...journey.touches.map((touch) => touch.hoursToConversion ?? 0));
  const count = journey.touchCount === 1 ? '1 touchpoint' : `${journey.touchCount} touchpoints`;
  const span = journey.touchCount < 2 || hours === 0 ? count : `${count} in ${duration(hours)}`;
  return `${span}; credit by ${modelName(journey.model)} (${journey.modelVersion})`;
}

export function modelName(model: string): string {
  return model === 'ihc' ? 'IHC' : model;
}

/** At most so many characters, the last one an ellipsis where some are missing. */
export function cut(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join('')}…`;
}
