import type { Warehouse } from '@tributary/functions/warehouse/warehouse';
import type { World } from './random-persons';

const at = (hours: string): string =>
  `TIMESTAMP_ADD(TIMESTAMP '2026-01-01 00:00:00+00', INTERVAL CAST(${hours} AS INT64) HOUR)`;
const field = (place: number): string => `fields[OFFSET(${place})]`;

/** Makes the tables that the clusters are made from, as if the models before had run. */
export async function loadWorld(
  warehouse: Warehouse,
  worlds: readonly World[],
  step: number,
): Promise<void> {
  const records = worlds.flatMap((world) => [...world.records].map((record) => record.join(',')));
  const identifiers = worlds.flatMap(({ identifiers: all }) => {
    const counts = new Map<string, number>();
    const keyOf = (it: { kind: string; value: string }) => `${it.kind}|${it.value}`;
    for (const it of all) counts.set(keyOf(it), (counts.get(keyOf(it)) ?? 0) + 1);
    return all.map((it) =>
      [it.record_id, it.kind, it.value, it.seenAt, it.rejected ?? '', counts.get(keyOf(it))].join(),
    );
  });
  const pairs = worlds.flatMap((world) =>
    world.pairs.map(({ left, right, weight }) => [left, right, weight].join()),
  );
  await table(warehouse, 'int_identity__records', records, [
    `${field(0)} AS record_id, SPLIT(${field(0)}, '|')[OFFSET(0)] AS record_kind`,
    `SPLIT(${field(0)}, '|')[OFFSET(1)] AS record_key`,
    `IF(STARTS_WITH(${field(0)}, 'visitor|'), SPLIT(${field(0)}, '|')[OFFSET(1)], NULL) AS visitor_id`,
    `${at(field(1))} AS first_seen_at, ${at(field(1))} AS last_seen_at`,
    'TRUE AS has_analytics_consent, TRUE AS has_marketing_consent',
    'TRUE AS has_personalization_consent, TRUE AS has_third_party_consent',
  ]);
  await table(warehouse, 'int_identity__identifiers', identifiers, [
    `${field(0)} AS record_id, SPLIT(${field(0)}, '|')[OFFSET(0)] AS record_kind`,
    `IF(STARTS_WITH(${field(0)}, 'visitor|'), SPLIT(${field(0)}, '|')[OFFSET(1)], NULL) AS visitor_id`,
    `CONCAT(${field(1)}, '|', ${field(2)}) AS identifier_id, ${field(1)} AS identifier_kind`,
    `${field(2)} AS identifier_value, ${at(field(3))} AS first_seen_at`,
    `CAST(${field(5)} AS INT64) AS record_count, ${field(4)} = '' AS is_evidence`,
    `NULLIF(${field(4)}, '') AS rejected_reason`,
  ]);
  await table(warehouse, 'int_identity__matches', pairs, [
    `${field(0)} AS record_id_left, ${field(1)} AS record_id_right`,
    `CAST(${field(2)} AS FLOAT64) AS match_weight`,
    `1 / (1 + POW(2, -CAST(${field(2)} AS FLOAT64))) AS match_probability`,
    `'m1' AS model_version, ${at("'0'")} AS first_seen_at`,
  ]);
  await warehouse.query(`CREATE OR REPLACE TABLE tributary.stg_events AS
    SELECT ${at(`'${step * 24}'`)} AS received_at`);
}

async function table(
  warehouse: Warehouse,
  name: string,
  lines: readonly string[],
  columns: readonly string[],
): Promise<void> {
  await warehouse.query(
    `CREATE OR REPLACE TABLE tributary.${name} AS
     SELECT ${columns.join(', ')}
     FROM (SELECT SPLIT(line, ',') AS fields FROM UNNEST(SPLIT(@lines, '\\n')) AS line WHERE line != '')`,
    { params: { lines: lines.join('\n') } },
  );
}
