package dev.presage.retrain.training;

import java.util.Map;
import java.util.TreeMap;

/**
 * What was chosen on the later slice of the training rows.
 *
 * @param objective what it foretells
 * @param parameters the set with the smallest loss
 * @param rounds number of trees at which it was smallest, at least 1
 * @param loss the mean loss there
 * @param margins what that ensemble said of the later rows, row by row
 * @param effort what the search took
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
public record TreeChoice(
    Objective objective,
    TreeParameters parameters,
    int rounds,
    double loss,
    double[] margins,
    Effort effort) {

  /**
   * What a search took.
   *
   * @param sets parameter sets that were tried
   * @param rows rows that each tree was grown on
   * @param work trees times rows
   * @param isCut whether the work that is allowed ended the search before it was over
   */
  public record Effort(int sets, int rows, long work, boolean isCut) {}

  /** Everything that a reader needs to do it again, by name. */
  public Map<String, String> described() {
    Map<String, String> all = new TreeMap<>();
    parameters.asXgboost(objective).forEach((name, value) -> all.put(name, value.toString()));
    all.put("rounds", Integer.toString(rounds));
    all.put("search.sets", Integer.toString(effort.sets));
    all.put("search.rows", Integer.toString(effort.rows));
    all.put("search.work", Long.toString(effort.work));
    all.put("search.ended", effort.isCut ? "work" : "over");
    return all;
  }
}
