import { describe as describeColumns } from '../../../includes/columns';

describe('columns.describe', () => {
  test('gives the descriptions by name', () => {
    expect(describeColumns('click_id')).toEqual({ click_id: 'Value of the click id.' });
  });
  test('refuses a column that nobody has described', () => {
    expect(() => describeColumns('no_such_column')).toThrow(
      'Column no_such_column has no description: describe it once in includes/columns.js.',
    );
  });
});
