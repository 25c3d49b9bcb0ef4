package io.fixlane.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.data.Batches;
import io.fixlane.autograd.data.Digits;
import io.fixlane.autograd.models.Model;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The first experiment, on a network with its start values. */
class TwinCheckTest {
  @Test
  void aWiderInsideKeepsAllWithinAStepOfTheOutput() {
    List<TwinResult> results = new TwinCheck(
        Model.CNN.build(new int[] {8, 8, 1}, 10, 1),
        Batches.inOrder(Digits.readSplit().train(), 64).get(0)).results();
    assertThat(results).hasSize(6);
    assertThat(results).filteredOn(TwinResult::isWiderInside).hasSize(3)
        .allSatisfy(twin -> {
          assertThat(twin.isWithinAStep()).isTrue();
          // Rounding is off by half a step somewhere, and the inside adds little to that.
          assertThat(twin.output()).isBetween(0.4, 0.6);
          assertThat(twin.input()).isPositive();
        });
    assertThat(results).filteredOn(twin -> !twin.isWiderInside())
        .allSatisfy(twin -> assertThat(twin.output()).isGreaterThan(0.5));
  }
}
