/**
 * Slips in settings.js: values that are not what settings_shape.js says, then what contradicts each
 * other. Each sentence says what is wrong and the mend.
 *
 * @import { Settings } from './types'
 */
const { foldText } = require('./ad_accounts');
const { checkAttribution } = require('./check_attribution');
const { checkConversions } = require('./check_conversions');
const { checkIdentity } = require('./check_identity');
const { repeated } = require('./repeated');
const { shape } = require('./settings_shape');

/**
 * @param {Settings} settings
 * @returns {void}
 * @throws {Error} with one line per slip or contradiction
 */
function checkSettings(settings) {
  const slips = shape(settings, '');
  if (slips.length > 0)
    throw new Error(`includes/settings.js can't be read:\n- ${slips.join('\n- ')}`);
  const problems = [
    ...checkSessions(settings),
    ...checkConversions(settings),
    ...checkAttribution(settings),
    ...checkSites(settings),
    ...checkAdapters(settings),
    ...checkAdAccounts(settings),
    ...checkIdentity(settings),
  ];
  if (problems.length > 0)
    throw new Error(`includes/settings.js contradicts itself:\n- ${problems.join('\n- ')}`);
}

/** @param {Settings} settings */
function checkSessions(settings) {
  return settings.session_timeout_minutes > settings.max_session_hours * 60
    ? [
        `session_timeout_minutes (${settings.session_timeout_minutes}) is longer than ` +
          `max_session_hours (${settings.max_session_hours}): shorten the timeout.`,
      ]
    : [];
}

/** @param {Settings} settings */
function checkSites(settings) {
  const own = new Set(settings.sites.flatMap((site) => site.domains));
  const problems = settings.ignored_referrers
    .filter((domain) => own.has(domain))
    .map((domain) => `ignored_referrers lists ${domain}, an own domain of a site: remove it.`);
  for (const name of repeated(settings.sites.map((site) => site.site_id)))
    problems.push(`sites names ${name} twice: put its domains into one entry.`);
  /** @type {Map<string, string>} */
  const platformOf = new Map();
  for (const [platform, names] of Object.entries(settings.platform_aliases))
    for (const name of names) {
      const other = platformOf.get(name);
      if (other)
        problems.push(`platform_aliases gives ${name} to ${other} and to ${platform}: keep one.`);
      if (name !== name.toLowerCase())
        problems.push(`platform_aliases: write ${name} in lower case, names are folded first.`);
      platformOf.set(name, platform);
    }
  return problems;
}

/** @param {Settings} settings */
function checkAdapters({ adapters }) {
  const problems = Object.entries(adapters).flatMap(([kind, sources]) => [
    ...repeated(sources.map((source) => source.site_id)).map(
      (name) =>
        `adapters.${kind} names the site ${name} twice: give each source a site_id of its own.`,
    ),
    ...sources.flatMap((source, index) => {
      const where = `adapters.${kind}[${index}]`;
      return [
        ...(source.site_id ? [] : [`${where} has no site_id: name the site of its sessions.`]),
        ...(source.dataset ? [] : [`${where} has no dataset: name the one its tables are in.`]),
        ...(typeof source.purchases_are_orders === 'boolean'
          ? []
          : [`${where}: say by purchases_are_orders, true or false, if its purchases are orders.`]),
      ];
    }),
  ]);
  for (const [index, source] of adapters.segment.entries())
    if (!Array.isArray(source.event_tables))
      problems.push(`adapters.segment[${index}] has no event_tables: list the tables of events.`);
  return problems;
}

/** @param {Settings} settings */
function checkAdAccounts({ ad_accounts, platform_aliases, reporting_time_zone, missing_clicks }) {
  const problems = isTimeZone(reporting_time_zone)
    ? []
    : [`reporting_time_zone is ${reporting_time_zone}: write an IANA name such as Europe/Berlin.`];
  for (const [index, { platform, account_id, time_zone }] of ad_accounts.entries()) {
    const where = `ad_accounts[${index}] (${[platform, account_id].filter(Boolean).join(' ')})`;
    if (!isTimeZone(time_zone))
      problems.push(
        `${where} has the time zone ${time_zone}: write an IANA name such as Europe/Berlin.`,
      );
    for (const [folded, names] of Object.entries(platform_aliases))
      if (platform !== folded && names.includes(platform))
        problems.push(`${where}: call its platform ${folded}, as platform_aliases does.`);
  }
  const keys = ad_accounts.map(({ platform, account_id }) =>
    `${platform} ${foldText(account_id ?? '')}`.trim(),
  );
  for (const name of repeated(keys))
    problems.push(`ad_accounts names ${name} twice: keep one of them.`);
  const share = Number(missing_clicks.observed_share_minimum);
  if (!(share > 0 && share <= 1))
    problems.push(
      `missing_clicks.observed_share_minimum is ${missing_clicks.observed_share_minimum}: give a share above 0, up to 1.`,
    );
  return problems;
}

/** Whether it is a zone that BigQuery and this machine know by name. @param {string} name */
function isTimeZone(name) {
  try {
    return /^[A-Za-z]/.test(name) && new Date(0).toLocaleString('en', { timeZone: name }) !== '';
  } catch {
    return false;
  }
}

module.exports = { checkSettings };
