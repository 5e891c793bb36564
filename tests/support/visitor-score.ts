import type { Row, Warehouse } from '@tributary/functions/warehouse/warehouse';

/** Pairs of visitors of the demo shop, against its truth. */
export interface PairScore {
  /** Kind of person, or 'all'. */
  readonly scenario: string;
  readonly persons: number;
  /** Pairs of visitors who are one person. */
  readonly truePairs: number;
  /** Those of them who are one customer. */
  readonly found: number;
  /** Pairs of one customer who are two persons, one of whom is of this kind. */
  readonly wrong: number;
}

export const precision = ({ found, wrong }: PairScore): number => found / (found + wrong);
export const recall = ({ found, truePairs }: PairScore): number => found / truePairs;

/** Whose cookies live how long, and who signs in: by what a person's browsers are and did. */
const PERSONS = `
visitors AS (
  SELECT known.visitor_id, known.customer_id, truth.person_id, truth.household_id
  FROM int_identity__visitors AS known
  INNER JOIN truth.visitors AS truth ON truth.visitor_id = known.visitor_id
  WHERE truth.person_id IS NOT NULL
),
logins AS (
  SELECT DISTINCT visitor_id FROM int_identity__identifiers WHERE identifier_kind = 'user_id'
),
persons AS (
  SELECT
    truth.person_id,
    CONCAT(
      CASE
        WHEN LOGICAL_AND(truth.device IS NULL OR truth.device IN ('iphone', 'ipad', 'mac_safari'))
          THEN '7-day cookies alone'
        WHEN LOGICAL_OR(truth.device IN ('iphone', 'ipad', 'mac_safari')) THEN 'some 7-day cookies'
        ELSE 'no 7-day cookies'
      END,
      IF(LOGICAL_OR(logins.visitor_id IS NOT NULL), ', signs in', ', never signs in')
    ) AS scenario
  FROM truth.visitors AS truth
  LEFT JOIN logins ON logins.visitor_id = truth.visitor_id
  WHERE truth.person_id IS NOT NULL
  GROUP BY truth.person_id
)`;

const PAIRS = `WITH ${PERSONS},
counted AS (
  SELECT person_id, SUM(DIV(n * (n - 1), 2)) AS found, DIV(SUM(n) * (SUM(n) - 1), 2) AS true_pairs
  FROM (SELECT person_id, customer_id, COUNT(*) AS n FROM visitors GROUP BY person_id, customer_id)
  GROUP BY person_id
),
wrong_pairs AS (
  SELECT l.person_id AS person_left, r.person_id AS person_right
  FROM visitors AS l
  INNER JOIN visitors AS r ON r.customer_id = l.customer_id AND r.visitor_id > l.visitor_id
  WHERE r.person_id != l.person_id
),
wrong AS (
  SELECT scenario, COUNT(*) AS n
  FROM (
    SELECT persons.scenario, wrong_pairs.person_left
    FROM wrong_pairs
    INNER JOIN persons ON persons.person_id = wrong_pairs.person_left
    UNION ALL
    SELECT r.scenario, wrong_pairs.person_left
    FROM wrong_pairs
    INNER JOIN persons AS l ON l.person_id = wrong_pairs.person_left
    INNER JOIN persons AS r ON r.person_id = wrong_pairs.person_right AND r.scenario != l.scenario
  )
  GROUP BY scenario
)
SELECT
  persons.scenario,
  COUNT(*) AS person_count,
  SUM(counted.true_pairs) AS true_pairs,
  SUM(counted.found) AS found,
  COALESCE(MAX(wrong.n), 0) AS wrong
FROM counted
INNER JOIN persons ON persons.person_id = counted.person_id
LEFT JOIN wrong ON wrong.scenario = persons.scenario
GROUP BY persons.scenario
UNION ALL
SELECT
  'all', COUNT(*), SUM(true_pairs), SUM(found), (SELECT COUNT(*) FROM wrong_pairs)
FROM counted
ORDER BY 1`;

/** One row per kind of person, and one for all. */
export async function scorePairs(warehouse: Pick<Warehouse, 'query'>): Promise<PairScore[]> {
  const rows = await warehouse.query(PAIRS);
  return rows.map((row) => ({
    scenario: `${row.scenario}`,
    persons: Number(row.person_count),
    truePairs: Number(row.true_pairs),
    found: Number(row.found),
    wrong: Number(row.wrong),
  }));
}

/** Persons who share a household's line, and how many of them became one customer. */
export interface HouseholdScore {
  readonly personPairs: number;
  readonly merged: number;
  /** Those of them of whose visitors no two have anything of their own (own_weight) that speaks for it. */
  readonly mergedByLineAlone: number;
}

const HOUSEHOLDS = `WITH ${PERSONS},
members AS (
  SELECT DISTINCT household_id, person_id FROM visitors
),
housemates AS (
  SELECT l.person_id AS person_left, r.person_id AS person_right
  FROM members AS l
  INNER JOIN members AS r ON r.household_id = l.household_id AND r.person_id > l.person_id
),
own_weights AS (
  SELECT record_id_left, record_id_right, own_weight FROM int_identity__matches
  UNION ALL
  SELECT record_id_right, record_id_left, own_weight FROM int_identity__matches
),
merged AS (
  SELECT
    l.person_id AS person_left,
    r.person_id AS person_right,
    COALESCE(LOGICAL_OR(own_weights.own_weight > 0), FALSE) AS has_own
  FROM visitors AS l
  INNER JOIN visitors AS r ON r.customer_id = l.customer_id AND r.person_id > l.person_id
  LEFT JOIN own_weights
    ON own_weights.record_id_left = CONCAT('visitor|', l.visitor_id)
    AND own_weights.record_id_right = CONCAT('visitor|', r.visitor_id)
  GROUP BY person_left, person_right
)
SELECT
  COUNT(*) AS person_pairs,
  COUNTIF(merged.person_left IS NOT NULL) AS merged,
  COUNTIF(NOT merged.has_own) AS merged_by_line_alone
FROM housemates
LEFT JOIN merged
  ON merged.person_left = housemates.person_left AND merged.person_right = housemates.person_right`;

export async function scoreHouseholds(
  warehouse: Pick<Warehouse, 'query'>,
): Promise<HouseholdScore> {
  const [row] = await warehouse.query(HOUSEHOLDS);
  return {
    personPairs: Number(row?.person_pairs),
    merged: Number(row?.merged),
    mergedByLineAlone: Number(row?.merged_by_line_alone),
  };
}

/** Orders whose journey, in truth, has two visits or more, and those whose first visit was found. */
export interface FirstTouchScore {
  readonly conversionType: string;
  readonly journeys: number;
  readonly found: number;
}

/** A return order's journey begins after the order before it. */
const FIRST_TOUCHES = `WITH
orders AS (
  SELECT
    person_id, conversion_type, order_id, visit_number,
    LAG(visit_number) OVER (PARTITION BY person_id ORDER BY visit_number, order_id) AS previous_visit
  FROM truth.conversions
  WHERE order_id IS NOT NULL
),
first_visits AS (
  SELECT
    orders.order_id,
    orders.conversion_type,
    visits.visitor_id,
    visits.started_at
  FROM orders
  INNER JOIN truth.sessions AS visits
    ON visits.person_id = orders.person_id
    AND visits.visit_number <= orders.visit_number
    AND visits.visit_number > COALESCE(orders.previous_visit, 0)
  QUALIFY ROW_NUMBER() OVER (PARTITION BY orders.order_id ORDER BY visits.visit_number) = 1
    AND COUNT(*) OVER (PARTITION BY orders.order_id) > 1
),
first_touches AS (
  SELECT conversions.order_id, sessions.visitor_id, sessions.started_at
  FROM conversions
  INNER JOIN touchpoints
    ON touchpoints.conversion_id = conversions.conversion_id AND touchpoints.position = 1
  INNER JOIN sessions ON sessions.session_id = touchpoints.session_id
  WHERE conversions.order_id IS NOT NULL
),
scored AS (
  SELECT
    first_visits.conversion_type,
    first_touches.order_id IS NOT NULL AS is_found
  FROM first_visits
  INNER JOIN conversions ON conversions.order_id = first_visits.order_id
  LEFT JOIN first_touches
    ON first_touches.order_id = first_visits.order_id
    AND first_touches.visitor_id = first_visits.visitor_id
    AND first_touches.started_at = first_visits.started_at
)
SELECT conversion_type, COUNT(*) AS journeys, COUNTIF(is_found) AS found
FROM scored
GROUP BY conversion_type
ORDER BY conversion_type`;

export async function scoreFirstTouches(
  warehouse: Pick<Warehouse, 'query'>,
): Promise<FirstTouchScore[]> {
  const rows: Row[] = await warehouse.query(FIRST_TOUCHES);
  return rows.map((row) => ({
    conversionType: `${row.conversion_type}`,
    journeys: Number(row.journeys),
    found: Number(row.found),
  }));
}
