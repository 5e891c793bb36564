const { rawTable } = require('includes/sources');

declare(
  rawTable(
    dataform.projectConfig,
    'ad_costs',
    'One row per report line of an ad platform, day and finest known level; the row ingested last replaces earlier ones of the same key.',
  ),
);

declare(
  rawTable(
    dataform.projectConfig,
    'ad_clicks',
    "One row per click of an ad platform's click report: the campaign, ad group and ad behind a click id.",
  ),
);
