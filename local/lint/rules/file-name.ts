import { basename } from 'node:path/posix';
import type { Rule } from '../rule';
import { inConfig } from '../sqlx/source-file';

export const fileName: Rule = {
  name: 'file-name',
  about: 'A file is named after the table it makes.',
  bad: 'orders.sqlx with name: "stg_orders"',
  good: 'stg_orders.sqlx',
  action({ name, file }, report) {
    if (!file.sqlx || basename(file.path, '.sqlx') === name) return;
    report(inConfig(file, /\bname\b/), `this file makes ${name}; name it ${name}.sqlx`);
  },
};
