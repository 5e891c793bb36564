import type { Rule } from '../rule';
import { inConfig } from '../sqlx/source-file';

export const description: Rule = {
  name: 'description',
  about: 'Descriptions of models begin with `description_start`, and so say the grain.',
  bad: 'description: "Orders, cleaned."',
  good: 'description: "One row per order: its last known state."',
  action({ kind, file, description: text }, report, { description_start: start }) {
    if (start === undefined || kind === 'assertion' || kind === 'operations') return;
    if (text.startsWith(start)) return;
    report(
      inConfig(file, /\bdescription\b/),
      `the grain is not said; write a description that begins with "${start}"`,
    );
  },
};
