package io.fixlane.cli.search;

import io.fixlane.autograd.search.SearchResult;
import io.fixlane.autograd.search.SearchSpace;
import io.fixlane.autograd.search.TrialResult;
import io.fixlane.cli.console.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * All that a search came to, as the file {@value #NAME} has it: nothing of when, where or by whom
 * it was computed.
 *
 * @param settings what the trials stand on
 * @param space what might be tried
 * @param floatAccuracy the part of the images to choose by that the float network puts right
 * @param floatTestAccuracy that of the test images
 * @param rungs the results
 * @param best the names of the networks that no other beats in accuracy and all costs
 */
record SearchFile(
    Settings settings,
    SearchSpace space,
    double floatAccuracy,
    double floatTestAccuracy,
    List<SearchResult.Rung> rungs,
    List<String> best) {
  /** The file's name. */
  static final String NAME = "search.json";

  static final JsonMapper MAPPER =
      Json.mapper().enable(SerializationFeature.INDENT_OUTPUT).build();

  SearchResult result() {
    return new SearchResult(rungs);
  }

  /** Returns the results of the best networks. */
  List<TrialResult> bestResults() {
    return result().latest().stream().filter(result -> best.contains(result.trial().key()))
        .toList();
  }

  byte[] json() {
    return (MAPPER.writeValueAsString(this).replace("\r\n", "\n") + "\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
