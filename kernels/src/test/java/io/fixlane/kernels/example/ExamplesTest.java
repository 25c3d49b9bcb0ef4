package io.fixlane.kernels.example;

import org.junit.jupiter.api.Nested;

/** Runs the documentation's examples, which Surefire does not take for tests by their names. */
class ExamplesTest {
  @Nested
  class OfBinaryConv2d extends BinaryConv2dExample {}

  @Nested
  class OfBinaryGemm extends BinaryGemmExample {}

  @Nested
  class OfCast extends CastExample {}

  @Nested
  class OfConv2d extends Conv2dExample {}

  @Nested
  class OfElementwise extends ElementwiseExample {}

  @Nested
  class OfGemm extends GemmExample {}

  @Nested
  class OfKHot extends KHotExample {}

  @Nested
  class OfFixedTensor extends FixedTensorExample {}

  @Nested
  class OfNpy extends NpyExample {}

  @Nested
  class OfPool2d extends Pool2dExample {}

  @Nested
  class OfThreshold extends ThresholdExample {}
}
