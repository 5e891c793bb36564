import type { Rule } from '../rule';
import { inConfig } from '../sqlx/source-file';

export const modelNames: Rule = {
  name: 'model-names',
  about: 'Names of models say their stage: `model_names` holds a pattern for each folder.',
  bad: '02_staging/orders.sqlx',
  good: '02_staging/stg_shop__orders.sqlx',
  action({ name, file }, report, { model_names: patterns }) {
    const folder = file.path.split('/').at(-2) ?? '';
    const pattern = patterns[folder];
    if (pattern === undefined || new RegExp(pattern).test(name)) return;
    report(
      inConfig(file, /\S/),
      `the name ${name} does not fit ${folder}; write a name that matches ${pattern}`,
    );
  },
};
