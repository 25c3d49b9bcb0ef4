package io.fixlane.spark;

import org.junit.jupiter.api.Nested;

/** Runs the documentation's examples, which Surefire does not take for tests by their names. */
class ExamplesTest {
  @Nested
  class OfFixlaneModel extends FixlaneModelExample {}
}
