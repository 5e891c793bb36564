const { rawTable } = require('includes/sources');

declare(
  rawTable(
    dataform.projectConfig,
    'ihc_parameters',
    'One row per training of IHC and conversion type; the one trained last is used.',
  ),
);

declare(
  rawTable(
    dataform.projectConfig,
    'model_credits',
    'One row per trained model, conversion and touchpoint: the share of the conversion that the touch earned. Each training replaces all rows.',
  ),
);

declare(
  rawTable(
    dataform.projectConfig,
    'model_trainings',
    'One row per training of an attribution model and conversion type that gave something new; the one trained last is used.',
  ),
);

declare(
  rawTable(
    dataform.projectConfig,
    'model_confidence',
    'One row per conversion type, attribution model and channel, the base as (base): how sure one may be of the share. Each training replaces all rows.',
  ),
);
