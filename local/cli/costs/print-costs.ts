import { formatTable } from '../table';
import type { ModelCost } from './model-costs';
import { formatBytes, formatPrice, priceOf } from './price';

/** Models shown where not all are asked for; one that costs nothing is none of them. */
const SHOWN = 10;

/** The costs as a table for people, at most 80 wide, the sum and its price below. */
export function printCosts(
  costs: readonly ModelCost[],
  pricePerTib: number,
  options: { readonly all?: boolean } = {},
): string {
  const dear = costs.filter(({ bytesBilled }) => bytesBilled > 0);
  const shown = options.all ? costs : dear.slice(0, SHOWN);
  const rest = costs.slice(shown.length);
  const lines = [
    ...shown.map((cost) => line(cost.model, [cost])),
    ...(rest.length > 0 ? [line(`${rest.length} more (--costs shows all)`, rest)] : []),
    line(`sum of ${costs.length}`, costs),
  ];
  const billed = sum(costs, ({ bytesBilled }) => bytesBilled);
  return [
    formatTable(['model', 'seconds', 'read', 'billed'], lines),
    '',
    `On BigQuery this run costs ${formatPrice(priceOf(billed, pricePerTib))} at ${pricePerTib} USD per TiB (on demand; another`,
    'price: --price-per-tib). Billed are at least 10 MiB of each table a query reads.',
  ].join('\n');
}

/** The same for programs. */
export function costsAsJson(costs: readonly ModelCost[], pricePerTib: number): string {
  const bytesBilled = sum(costs, (cost) => cost.bytesBilled);
  const total = {
    bytesRead: sum(costs, ({ bytesRead }) => bytesRead),
    bytesBilled,
    pricePerTib,
    currency: 'USD',
    price: priceOf(bytesBilled, pricePerTib),
  };
  return JSON.stringify({ models: costs, total }, null, 2);
}

function line(name: string, costs: readonly ModelCost[]): string[] {
  return [
    name,
    sum(costs, ({ seconds }) => seconds).toFixed(1),
    formatBytes(sum(costs, ({ bytesRead }) => bytesRead)),
    formatBytes(sum(costs, ({ bytesBilled }) => bytesBilled)),
  ];
}

function sum(costs: readonly ModelCost[], value: (cost: ModelCost) => number): number {
  return costs.reduce((total, cost) => total + value(cost), 0);
}
