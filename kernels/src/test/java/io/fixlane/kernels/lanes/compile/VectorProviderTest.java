package io.fixlane.kernels.lanes.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What becomes of vectors that the JIT compiles wrongly; no JIT at hand does. */
class VectorProviderTest {
  private static final boolean MODULE =
      ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent();

  @Test
  void aWidthThatIsAskedForAndComputesWronglyIsAnError() {
    assertThatThrownBy(() -> VectorProvider.choose("128", bits -> "lanes of 16 bits, seed 7"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("fixlane.vectorBits is 128: " + (MODULE
            ? "it must be a width that is compiled rightly, and the JIT compiles vectors of 128"
                + " bits wrongly: lanes of 16 bits, seed 7"
            : "vectors need the JVM option --add-modules jdk.incubator.vector"));
  }

  @Test
  void theMachinesOwnVectorsThatComputeWronglyAreNotUsed() {
    assertThat(VectorProvider.choose(null, bits -> "lanes of 16 bits, seed 7")).isZero();
  }

  @Test
  void zeroAsksNothingOfTheJit() {
    assertThat(VectorProvider.choose("0", bits -> "all")).isZero();
  }
}
