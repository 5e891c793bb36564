/**
 * Where another campaign begins within a visitor's activity: the part of session_events that looks
 * at events with campaigns alone.
 */

const { hasCampaign, isSameCampaign } = require('./session_rules');

const inOrder = 'ORDER BY event_number';
const soFar = `${inOrder} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW`;

/**
 * @returns {string} SQL of CTEs, the last of which, campaign_changes, has visitor_id and
 *   event_number of such events. Reads the CTEs marks (events with spell, event_number, user and
 *   campaign; is_repeated where it is that of the mark before) and user_changes (visitor_id, event_number).
 */
function ctes() {
  return `-- Spells into which a later event brings a campaign: in others none can change.
open_spells AS (
  SELECT DISTINCT visitor_id, spell
  FROM marks
  WHERE is_arrival AND NOT is_spell_start AND NOT is_repeated AND ${hasCampaign}
),

-- Spans of one user within a spell. Campaigns are compared within a span: a new one starts afresh.
spans AS (
  SELECT
    marks.visitor_id, marks.event_number, is_arrival, utm_key, click_key, marks.spell,
    is_spell_start, is_repeated, user_changes.event_number IS NOT NULL AS is_user_change,
    COUNTIF(user_changes.event_number IS NOT NULL) OVER (
      PARTITION BY marks.visitor_id, marks.spell ORDER BY marks.event_number
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS span
  FROM marks
  INNER JOIN open_spells
    ON open_spells.visitor_id = marks.visitor_id AND open_spells.spell = marks.spell
  LEFT JOIN user_changes
    ON user_changes.visitor_id = marks.visitor_id
    AND user_changes.event_number = marks.event_number
),

-- Events that carry a campaign. An internal link's campaign counts only where it opens a session.
campaign_events AS (
  SELECT
    visitor_id, event_number, spell, span, utm_key, click_key, is_spell_start, is_user_change,
    COUNT(click_key) OVER (PARTITION BY visitor_id, spell, span, utm_key ${soFar}) AS click_number
  FROM spans
  WHERE ${hasCampaign}
    AND ((is_arrival AND NOT is_repeated) OR is_spell_start OR is_user_change)
),

-- A click id stays with its campaign where a later page of it has lost it.
clicks AS (
  SELECT
    visitor_id, event_number, spell, span, utm_key, is_spell_start, is_user_change,
    FIRST_VALUE(click_key) OVER (
      PARTITION BY visitor_id, spell, span, utm_key, click_number ${inOrder}
    ) AS click_key
  FROM campaign_events
),

campaign_changes AS (
  SELECT visitor_id, event_number, utm_key, click_key,
    LAG(utm_key) OVER (PARTITION BY visitor_id, spell, span ${inOrder}) AS previous_utm_key,
    LAG(click_key) OVER (PARTITION BY visitor_id, spell, span ${inOrder}) AS previous_click_key
  FROM clicks
  QUALIFY NOT is_spell_start AND NOT is_user_change AND NOT ${isSameCampaign()}
)`;
}

module.exports = { ctes };
