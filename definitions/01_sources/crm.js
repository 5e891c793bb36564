const { rawTable } = require('includes/sources');

declare(
  rawTable(
    dataform.projectConfig,
    'crm_customers',
    'One row per state of a customer record of the CRM; the state ingested last counts.',
  ),
);
