import { spawnSync } from 'node:child_process';
import { runProcess, type Seconds, secondsOf } from './processes';

/** Whole process as a user writes it: read the file, fit, print. */
const SCRIPT = `
args <- commandArgs(trailingOnly = TRUE)
suppressPackageStartupMessages(library(ChannelAttribution))
paths <- if (requireNamespace("data.table", quietly = TRUE)) {
  as.data.frame(data.table::fread(args[1], nThread = 2))
} else {
  read.csv(args[1])
}
if (args[2] == "heuristics") {
  print(heuristic_models(paths, "path", "total_conversions"))
} else {
  print(markov_model(paths, "path", "total_conversions", var_null = "total_null",
    order = as.integer(args[2]), ncore = 2, verbose = FALSE))
}
`;

/** Is R here, with the package ChannelAttribution? If not, a sentence says what is missing. */
export function findChannelAttribution(): { readonly isThere: boolean; readonly sentence: string } {
  const version = 'cat(as.character(packageVersion("ChannelAttribution")))';
  const { error, status, stdout } = spawnSync('Rscript', ['-e', version], { encoding: 'utf8' });
  if (error)
    return { isThere: false, sentence: 'No Rscript here: no ratio to ChannelAttribution.' };
  if (status !== 0) {
    return { isThere: false, sentence: 'R is here without ChannelAttribution: no ratio to it.' };
  }
  return { isThere: true, sentence: `ChannelAttribution ${stdout.trim()}` };
}

/** @param model 'heuristics', or the order of the Markov model */
export function secondsOfChannelAttribution(
  file: string,
  model: string,
  runs: number,
): Promise<Seconds> {
  return secondsOf(runs, () => runProcess('Rscript', ['-e', SCRIPT, file, model]));
}
