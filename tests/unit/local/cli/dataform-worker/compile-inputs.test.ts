import { join } from 'node:path';
import { compileInputs } from '@tributary/local/cli/dataform-worker/compile-inputs';

test('nothing in this project keeps its compiled form from being used again', () => {
  // Words such as Date.now or process in an include cost each run some seconds: see CHANGING.
  expect(compileInputs(join(__dirname, '../../../../..'), [])).toBeDefined();
});
