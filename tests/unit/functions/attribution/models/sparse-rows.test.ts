import { linear, sparseRows } from '@tributary/functions/attribution/models/sparse-rows';
import fc from 'fast-check';

const width = 4;
const anyRow = fc.array(fc.constantFrom<number>(0, 0, 1, -2.5, 1e-9), {
  minLength: width,
  maxLength: width,
});

it('rows without their zeros give the same products, and hold nothing else', () => {
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 6 }), anyRow, (rows, coefficients) => {
      const dense = Float64Array.from(rows.flat());
      const sparse = sparseRows(dense, width);
      expect(sparse.rowCount).toBe(rows.length);
      expect(sparse.values.length).toBe(dense.filter((value) => value !== 0).length);
      rows.forEach((row, index) => {
        const product = row.reduce<number>(
          (sum, value, at) => sum + value * (coefficients[at] ?? 0),
          0,
        );
        expect(linear(sparse, index, Float64Array.from(coefficients))).toBeCloseTo(product, 12);
      });
    }),
  );
});
