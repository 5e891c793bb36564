import type { Rule } from '../rule';
import { findCalls, findWords, offsetOf } from './calls';

/** Names of functions of models. */
export const ML_CALL = /^(ML|AI)\./;

/** Models are trained by functions, which run on a laptop as well. */
export const ml: Rule = {
  name: 'ml',
  about: 'No ML functions and models.',
  bad: 'SELECT * FROM ML.PREDICT(MODEL m, TABLE t)',
  good: 'a function in functions/ that reads the table and writes one',
  text(sql, report) {
    const say = 'is not allowed; write a function that reads and writes tables';
    for (const { name, offset } of findCalls(sql)) {
      if (ML_CALL.test(name)) report(offset, `${name} ${say}`);
    }
    for (const words of [
      ['CREATE', 'MODEL'],
      ['REPLACE', 'MODEL'],
    ]) {
      for (const i of findWords(sql, ...words)) report(offsetOf(sql, i), `CREATE MODEL ${say}`);
    }
  },
};
