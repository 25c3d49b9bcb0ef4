package io.fixlane.network;

import org.junit.jupiter.api.Nested;

/** Runs the documentation's examples, which Surefire does not take for tests by their names. */
class ExamplesTest {
  @Nested
  class OfNetwork extends NetworkExample {}
}
