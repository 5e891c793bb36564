/** Contradictions in the settings of identity. @import { Settings } from './types' */
const { repeated } = require('./repeated');

/**
 * @param {Settings} settings
 * @returns {string[]} a sentence per contradiction, with the mend
 */
function checkIdentity({ identity }) {
  const { identifier_order, match_threshold, max_records_per_identifier, unique_identifiers } =
    identity;
  const problems = [];
  const known = Object.keys(max_records_per_identifier);
  for (const kind of known)
    if (!identifier_order.some((name) => name === kind))
      problems.push(
        `identity.identifier_order lacks ${kind}: put it where its proof is as strong.`,
      );
  for (const kind of identifier_order)
    if (!known.includes(kind))
      problems.push(
        `identity.max_records_per_identifier lacks ${kind}: add how many may share it.`,
      );
  if (unique_identifiers.length > 1)
    problems.push(
      `identity.unique_identifiers names ${unique_identifiers.join(' and ')}: keep the one of which no person has two.`,
    );
  for (const kind of unique_identifiers)
    if (kind !== identifier_order[0])
      problems.push(`identity.identifier_order: put ${kind} first, a person has but one of it.`);
  if (!(match_threshold > 0 && match_threshold < 1))
    problems.push(
      `identity.match_threshold is ${match_threshold}: give a probability between 0 and 1.`,
    );
  return [...problems, ...checkEvidence(identity.evidence)];
}

/** @param {Settings['identity']['evidence']} evidence */
function checkEvidence({ rules }) {
  const problems = [];
  const place = 'identity.evidence';
  if (rules.length === 0)
    problems.push(`${place}.rules is empty: keep the rule of ip_sha256, or nobody is compared.`);
  for (const name of repeated(rules.map(({ rule }) => rule)))
    problems.push(`${place}.rules names ${name} twice: keep one of them.`);
  for (const { rule, max_visitors } of rules) {
    if (!/^[a-z][a-z0-9_]*$/.test(rule) || rule === 'random')
      problems.push(
        `${place}.rules: "${rule}" is no name: use lower case, digits and underscores, and not 'random'.`,
      );
    // A value of n visitors makes n * (n - 1) / 2 pairs.
    if (max_visitors < 2 || max_visitors > 1000)
      problems.push(
        `${place}: rule ${rule}: max_visitors is ${max_visitors}: give a number from 2 to 1000.`,
      );
  }
  return problems;
}

module.exports = { checkIdentity };
