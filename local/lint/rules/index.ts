import type { Rule } from '../rule';
import { allowedFunctions } from './allowed-functions';
import { anyValue } from './any-value';
import { approximate } from './approximate';
import { columnTypes } from './column-types';
import { configSpace } from './config-space';
import { createFunction } from './create-function';
import { describedColumns } from './described-columns';
import { description } from './description';
import { executeImmediate } from './execute-immediate';
import { fileName } from './file-name';
import { groupByAll } from './group-by-all';
import { iferror } from './iferror';
import { informationSchema } from './information-schema';
import { intervalOperators } from './interval-operators';
import { keywords } from './keywords';
import { lastCte } from './last-cte';
import { length } from './length';
import { ml } from './ml';
import { modelNames } from './model-names';
import { nondeterministic } from './nondeterministic';
import { oneConfig } from './one-config';
import { partitionFilter } from './partition-filter';
import { pipeSyntax } from './pipe-syntax';
import { schemaChange } from './schema-change';
import { scripting } from './scripting';
import { selectStar } from './select-star';
import { stageOrder } from './stage-order';
import { strayFiles } from './stray-files';
import { systemVariables } from './system-variables';
import { tags } from './tags';
import { totalOrder } from './total-order';
import { unusedCte } from './unused-cte';

/** All rules, in the order of the README's table. */
export const rules: readonly Rule[] = [
  configSpace,
  oneConfig,
  strayFiles,
  fileName,
  modelNames,
  stageOrder,
  tags,
  length,
  description,
  describedColumns,
  columnTypes,
  keywords,
  selectStar,
  lastCte,
  unusedCte,
  totalOrder,
  anyValue,
  nondeterministic,
  partitionFilter,
  allowedFunctions,
  groupByAll,
  pipeSyntax,
  iferror,
  intervalOperators,
  approximate,
  scripting,
  createFunction,
  executeImmediate,
  schemaChange,
  ml,
  informationSchema,
  systemVariables,
];
