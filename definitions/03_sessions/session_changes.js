// What session_events leaves for int_sessions__sessions to build again (includes/session_changes.js).
// Both make it where it is missing; it is empty when a run has ended.
declare({
  schema: dataform.projectConfig.defaultSchema,
  name: 'session_events__changes',
  description:
    'One row per changed session and date of its events, until int_sessions__sessions has built it.',
});
