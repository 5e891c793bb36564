/**
 * Contradictions in the settings of attribution. Each sentence says what is wrong and the mend.
 *
 * @import { AttributionModel, Settings } from './types'
 */
const { repeated } = require('./repeated');

/**
 * @param {Pick<Settings, 'attribution_models' | 'activation'>} settings
 * @returns {string[]}
 */
function checkAttribution({ attribution_models: models, activation }) {
  const names = models.map(({ model }) => model);
  const problems = models.flatMap(checkModel);
  if (!names.includes(activation.model))
    problems.push(
      `activation.model is ${activation.model}, which attribution_models leaves out: add it there.`,
    );
  for (const name of repeated(names))
    problems.push(`attribution_models names ${name} twice: keep one, or give it another name.`);
  const chosen = models.filter(({ kind }) => kind === 'chosen').map(({ model }) => model);
  if (chosen.length > 1)
    problems.push(`attribution models ${chosen.join(', ')} are all of kind 'chosen': keep one.`);
  for (const { model, kind } of models)
    if (kind === 'ihc' && model !== 'ihc')
      problems.push(
        `attribution model ${model} has kind 'ihc': there is one, and its name is ihc.`,
      );
  return problems;
}

/**
 * @param {AttributionModel} entry
 * @returns {string[]}
 */
function checkModel(entry) {
  const { model } = entry;
  const problems = [];
  if (entry.kind === 'position_based') {
    const { first_share, last_share } = entry;
    if (Number(first_share) + Number(last_share) > 1)
      problems.push(
        `${model}: first_share ${first_share} and last_share ${last_share} exceed 1 together: lower one.`,
      );
    else if (Number(first_share) + Number(last_share) === 0)
      problems.push(`${model}: first_share and last_share are both 0: give one of them a share.`);
  }
  if (entry.kind === 'platform') {
    if (!entry.platforms?.length && !entry.channels?.length)
      problems.push(`${model}: name its platforms or its channels.`);
    if (entry.click_days === 0) problems.push(`${model}: click_days must be above 0.`);
  }
  return problems;
}

module.exports = { checkAttribution };
