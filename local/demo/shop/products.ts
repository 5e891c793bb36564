export interface Product {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly path: string;
  /** In cents of EUR. */
  readonly price: number;
  /** The tracker's properties of an event about this product, as JSON. */
  readonly json: string;
}

const categories: readonly (readonly [name: string, cheapest: number, step: number])[] = [
  ['Tents', 12900, 2300],
  ['Boots', 8900, 900],
  ['Backpacks', 5900, 800],
  ['Jackets', 7900, 1100],
  ['Sleeping bags', 6900, 1000],
  ['Stoves', 2900, 500],
  ['Lamps', 1900, 300],
  ['Bottles', 990, 150],
];

const models = ['Rondane', 'Senja', 'Lyngen', 'Dovre', 'Hardanger', 'Saltfjell', 'Finse', 'Kjerag'];
const lines = ['Light', 'Pro', 'Trail'];

export const categoryNames: readonly string[] = categories.map(([name]) => name);

export const categoryPath = (category: string): string =>
  `/c/${category.toLowerCase().replace(' ', '-')}`;

/** 24 products in each of 8 categories; index = category * 24 + product. */
export const products: readonly Product[] = categories.flatMap(([category, cheapest, step], c) =>
  models.flatMap((model, m) =>
    lines.map((line, l) => {
      const number = m * lines.length + l;
      const id = `P-${c + 1}${String(number + 1).padStart(2, '0')}`;
      const price = cheapest + number * step;
      const name = `${model} ${line}`;
      return {
        id,
        name,
        category,
        path: `/p/${id.toLowerCase()}`,
        price,
        json: JSON.stringify({
          product_id: id,
          product_name: name,
          product_category: category,
          price: price / 100,
        }),
      };
    }),
  ),
);

const productsPerCategory = models.length * lines.length;

/** A product by category and place in it. */
export function productAt(category: number, place: number): Product {
  const product = products[category * productsPerCategory + place];
  if (!product) throw new RangeError(`no product ${place} in category ${category}`);
  return product;
}
