import { createRequire } from 'node:module';
import { join } from 'node:path';

/** The parts of includes/match_*.js that the command line calls; described where they stand. */
export interface InputColumn {
  readonly column: string;
  readonly kind: string;
  readonly has_units?: boolean;
  readonly date_order?: DateOrder;
  readonly pivot_year?: number;
  readonly country?: { readonly column?: string; readonly default?: string };
}

/** In which order a column writes day, month and year. */
export type DateOrder = 'dmy' | 'mdy' | 'ymd';

export interface BlockingRule {
  readonly name: string;
  readonly keys: readonly string[];
  readonly comparisons: readonly string[];
  /** A rule that makes all pairs of this one, if it is chosen. */
  readonly unless?: string;
}

export interface Comparison {
  readonly name: string;
  readonly levels: readonly { readonly name: string; readonly frequency?: string }[];
}

export interface Recipe {
  readonly columns: readonly InputColumn[];
  readonly comparisons: readonly Comparison[];
  /** SQL over a record, BOOL: see includes/match_enough.js. */
  readonly names_person: string;
  readonly rules: readonly BlockingRule[];
  readonly frequencies: readonly string[];
  /** Comparisons that say together where somebody lives. */
  readonly places: readonly string[];
  /** By a comparison that keys decide: those in which even strangers who share its value agree. */
  readonly tells: Readonly<Record<string, readonly string[]>>;
  /** Comparisons of what a person keeps for life. */
  readonly lasting: readonly string[];
  /** Comparisons of what mostly one person alone has. */
  readonly proofs: readonly string[];
  /** Comparisons whose values may stand in each other's place. */
  readonly swaps: readonly string[];
}

export interface LearntComparison {
  readonly comparison: string;
  readonly weights: readonly number[];
  readonly log2_u: number;
  readonly frequency?: {
    readonly share: number;
    readonly record_count: number;
    readonly strangers: readonly number[];
  };
  readonly proof?: { readonly unless: readonly string[]; readonly bits: readonly number[] };
  readonly among?: {
    readonly names: readonly string[];
    readonly most: readonly (readonly (number | null)[])[];
  };
}

/** Comparisons that say together where somebody lives: see includes/match_weights.js. */
export interface PlaceWeights {
  readonly names: readonly string[];
  readonly moved: number;
  readonly implied: readonly (readonly number[])[];
}

export interface WeightSql {
  readonly name: string;
  readonly sql: string;
  /** What it weighs if nothing else of a place agrees. */
  readonly alone?: string;
  /** The most it can be, INT64 in thousandths of a bit. */
  readonly most: string;
  /** It says where somebody lives, and this share of persons moved. */
  readonly moved?: number;
}

export interface BlockLimits {
  readonly max_block_records: number;
  readonly across_sources: boolean;
}

export interface ChosenRule {
  readonly rule: BlockingRule;
  readonly rule_no: number;
  readonly has_large_blocks: boolean;
}

export interface MatchIncludes {
  readonly recipe: (columns: readonly InputColumn[]) => Recipe;
  readonly queries: {
    cleansed(recipe: Recipe, input: string): string;
    records(
      recipe: Recipe,
      input: string,
      known?: { readonly counts: string; readonly records: string },
    ): string;
    valueCounts(recipe: Recipe, records: string): string;
    blockCounts(rules: readonly BlockingRule[], records: string, limits: BlockLimits): string;
    candidatePairs(rules: readonly ChosenRule[], records: string, limits: BlockLimits): string;
    randomPairs(options: { places: string; record_count: number; sample_count: number }): string;
    allPairs(records: string): string;
    comparedPairs(
      recipe: Recipe,
      pairs: string,
      records: string,
      options: { across_sources: boolean; right?: string },
    ): string;
    patterns(recipe: Recipe, compared: string): string;
    impliedPairs(
      scored: string,
      compared: string,
      options: { min_weight: number; max_degree: number },
    ): string;
    arrivingBlocks(
      rules: readonly BlockingRule[],
      options: { everyone: string; arrivals: string },
    ): string;
    arrivingPairs(options: { blocks: string; arrivals: string; max_block_records: number }): string;
    sharedPairs(recipe: Recipe, records: string): string;
    evidenceCounts(recipe: Recipe, table: string): string;
    sampled(compared: string, places: string, every: number): string;
    impliedByArrivals(options: {
      known: string;
      scored: string;
      min_weight: number;
      max_degree: number;
    }): string;
  };
  /** What people write where they have nothing to say, in lower case and without signs. */
  readonly placeholders: readonly string[];
  /** Patterns of the numbers of flats. */
  readonly unitPatterns: Readonly<Record<string, string>>;
  /** Patterns of dates that can be read in one order alone. */
  readonly dateOrderPatterns: Readonly<Record<DateOrder, string>>;
  /** By bucket of how many records share a value: the fewest. */
  readonly fewest: readonly number[];
  /** Countries whose phone numbers are known, by their ISO code. */
  readonly countries: Readonly<Record<string, object>>;
  readonly weights: {
    comparisonWeights(
      comparisons: readonly Comparison[],
      learnt: readonly LearntComparison[],
      place?: PlaceWeights,
    ): WeightSql[];
    pairEvidence(
      recipe: Recipe,
      options: {
        compared: string;
        weights: readonly WeightSql[];
        prior: number;
        min_weight: number;
      },
    ): string;
    scoredPairs(options: {
      compared: string;
      weights: readonly WeightSql[];
      prior: number;
      min_weight?: number;
      each?: boolean;
    }): string;
    expectedMatches(tables: readonly string[]): string;
  };
}

/** The SQL that the models of the checkout use, too. */
export function loadMatchIncludes(projectDir: string): MatchIncludes {
  const load = createRequire(join(projectDir, 'includes', 'match_recipe.js'));
  return {
    recipe: load('./match_recipe.js').recipe,
    queries: {
      ...load('./match_cleansing.js'),
      ...load('./match_queries.js'),
      ...load('./match_pairs.js'),
      ...load('./match_draws.js'),
      ...load('./match_arrivals.js'),
      ...load('./match_strangers.js'),
    },
    placeholders: load('./match_text.js').placeholders,
    unitPatterns: load('./street_words.js').unitPatterns,
    dateOrderPatterns: load('./match_dates.js').orderPatterns,
    /** Buckets of how many records share a value: the fewest of each. */
    fewest: load('./match_strangers.js').FEWEST,
    countries: load('./phone_numbers.js').countries,
    weights: load('./match_weights.js'),
  };
}
