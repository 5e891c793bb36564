import { UserError } from '@tributary/functions/shared/errors';

/** BigQuery's list price on demand in the US, in USD per TiB, as of 2026-11. */
export const LIST_PRICE_PER_TIB = 6.25;

const TIB = 2 ** 40;
const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** USD for bytes that are billed. */
export function priceOf(bytes: number, perTib: number): number {
  return (bytes / TIB) * perTib;
}

/** Reads --price-per-tib; throws a sentence for what is no price. */
export function readPrice(text: string): number {
  const price = Number(text);
  if (text.trim() === '' || !Number.isFinite(price) || price < 0) {
    throw new UserError(`--price-per-tib ${text} is no price: write USD per TiB, such as 6.25.`);
  }
  return price;
}

/** '1.25 USD', '0.0012 USD': to the cent, and below one dollar to two digits that count. */
export function formatPrice(usd: number): string {
  if (usd === 0 || usd >= 1) return `${usd.toFixed(2)} USD`;
  return `${usd.toFixed(Math.min(12, 1 - Math.floor(Math.log10(usd))))} USD`;
}

/** '140.2 MiB'. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1024 ** power).toFixed(power === 0 ? 0 : 1)} ${UNITS[power]}`;
}
