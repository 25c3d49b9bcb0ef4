package io.fixlane.onnx;

import org.junit.jupiter.api.Nested;

/** Runs the documentation's examples, which Surefire does not take for tests by their names. */
class ExamplesTest {
  @Nested
  class OfOnnx extends OnnxExample {}
}
