const { rawTable } = require('includes/sources');

declare(
  rawTable(
    dataform.projectConfig,
    'match_parameters',
    'One row per training of visitor matching; the one trained last is used.',
  ),
);
