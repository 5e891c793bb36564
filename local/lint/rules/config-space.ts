import type { Rule } from '../rule';

const BLOCK =
  /^[ \t]*(config|js|pre_operations|post_operations|incremental_where)(\{|[ \t]{2,}\{|\s*\n\s*\{)/gm;

/** Dataform looks for the word, one blank and the brace; else the block is SQL of an operation. */
export const configSpace: Rule = {
  name: 'config-space',
  about:
    'One blank between config (js, pre_operations ...) and its brace: without, a table silently becomes an operation.',
  bad: 'config{ type: "table" }',
  good: 'config { type: "table" }',
  file({ path, text }, report) {
    if (!path.endsWith('.sqlx')) return;
    for (const found of text.matchAll(BLOCK)) {
      const word = found[1] ?? '';
      const offset = found.index + found[0].indexOf(word);
      report(offset, `Dataform does not see this block; write "${word} {" with one blank`);
    }
  },
};
