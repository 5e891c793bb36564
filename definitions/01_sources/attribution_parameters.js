const { rawTable } = require('includes/sources');

declare(
  rawTable(
    dataform.projectConfig,
    'ihc_parameters',
    'One row per training of IHC and conversion type; the one trained last is used.',
  ),
);
