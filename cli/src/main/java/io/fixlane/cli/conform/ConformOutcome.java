package io.fixlane.cli.conform;

import io.fixlane.conformance.ConformanceReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one file.
 *
 * @param report the counts, empty where the file could not be checked to its end
 * @param error why it could not, or null
 */
record ConformOutcome(ConformanceReport report, @Nullable String error) {
  static ConformOutcome failed(String file, String error) {
    return new ConformOutcome(new ConformanceReport(file, "", List.of(), List.of()), error);
  }
}
