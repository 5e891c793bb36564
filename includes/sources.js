/**
 * Where the raw tables are, from the vars of workflow_settings.yaml.
 *
 * @param {{ vars?: Record<string, string>, defaultDatabase?: string }} project dataform.projectConfig
 * @param {string} name of the raw table
 * @param {string} description
 * @returns {{ database?: string, schema: string, name: string, description: string }}
 */
function rawTable(project, name, description) {
  const database = project.vars?.raw_project || project.defaultDatabase;
  return {
    ...(database ? { database } : {}),
    schema: project.vars?.raw_dataset || 'raw',
    name,
    description,
  };
}

module.exports = { rawTable };
