import { Workbench } from '../sql/workbench';

/** Found by the fuzzer: NULL where the reference engine finds the empty text behind the letter. */
test('a place behind the letters and not behind their bytes fails where nothing is looked for', async () => {
  const bench = await Workbench.open();
  try {
    await expect(bench.run("SELECT REGEXP_EXTRACT('é', r'\\z', 2)")).rejects.toThrow(
      'REGEXP_EXTRACT with a position with a pattern that matches the empty text is not supported',
    );
    expect((await bench.run("SELECT REGEXP_EXTRACT('e', r'\\z', 2)")).rows).toEqual([[null]]);
  } finally {
    await bench.close();
  }
});
