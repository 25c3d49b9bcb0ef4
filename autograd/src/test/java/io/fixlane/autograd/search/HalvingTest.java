package io.fixlane.autograd.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which trials go on, and which lie on the front. */
class HalvingTest {
  private static final Halving HALVING = new Halving(12, 3);

  private static TrialResult result(int bits, double accuracy, long macBits, long products) {
    return new TrialResult(Trial.of(Method.QFX, Formats.ofBits(bits), 0, 1), accuracy, 0, 0,
        new TrialCost(macBits, macBits, macBits, products, 0), 1, 1, null);
  }

  private static List<Integer> bits(List<TrialResult> results) {
    return results.stream().map(result -> result.trial().formats().bits()).toList();
  }

  @Test
  void everyRungHasTwiceTheEpochs() {
    assertThat(List.of(HALVING.epochs(0), HALVING.epochs(1), HALVING.epochs(2)))
        .containsExactly(3, 6, 12);
    assertThatThrownBy(() -> new Halving(3, 3))
        .hasMessage("epochs is 3: with 3 rungs it must be at least 4");
    assertThatThrownBy(() -> new Halving(3, 0)).hasMessage("rungs is 0: it must be in 1..20");
  }

  @Test
  void ofOneCostTheMoreAccurateGoOn() {
    List<TrialResult> results = List.of(result(1, 0.5, 10, 10), result(2, 0.9, 10, 10),
        result(3, 0.7, 10, 10), result(4, 0.8, 10, 10), result(5, 0.6, 10, 10));
    assertThat(bits(HALVING.pick(results))).containsExactly(2, 3, 4);
  }

  /** 3 is as accurate as 2 and dearer, 5 is dearer than 4 and less accurate. */
  @Test
  void thoseThatNoneBeatsGoFirst() {
    List<TrialResult> results = List.of(result(2, 0.8, 10, 0), result(3, 0.8, 20, 0),
        result(4, 0.9, 30, 0), result(5, 0.85, 40, 0));
    assertThat(bits(HALVING.pick(results))).containsExactly(2, 4);
  }

  /** Both ends of a front, and of the middle the one that is far from the others. */
  @Test
  void ofAFrontThoseGoThatAreApart() {
    List<TrialResult> results = List.of(result(1, 0.1, 10, 0), result(2, 0.11, 11, 0),
        result(3, 0.12, 12, 0), result(4, 0.5, 50, 0), result(5, 0.9, 90, 0));
    assertThat(bits(HALVING.pick(results))).containsExactly(1, 4, 5);
  }

  @Test
  void whatFailedDoesNotGoOn() {
    TrialResult failed =
        TrialResult.failed(Trial.of(Method.QFX, Formats.ofBits(8), 0, 1), "it diverged");
    List<TrialResult> results = List.of(failed, result(2, 0.8, 10, 0), failed);
    assertThat(bits(HALVING.pick(results))).containsExactly(2);
    assertThat(HALVING.pick(List.of(failed))).isEmpty();
    assertThat(HALVING.pick(List.of())).isEmpty();
  }

  @Test
  void aFrontAscendsInCostAndAccuracy() {
    List<TrialResult> results = List.of(result(8, 0.9, 80, 5), result(7, 0.9, 70, 5),
        result(3, 0.5, 30, 5), result(4, 0.4, 40, 5), result(5, 0.5, 30, 5),
        result(2, 0.5, 90, 0));
    assertThat(bits(Front.of(results, TrialCost::macBits))).containsExactly(3, 7);
    // Of two equal ones the first; and the one without multiplications.
    assertThat(bits(Front.of(results))).containsExactly(7, 3, 2);
    assertThat(Front.of(new ArrayList<>())).isEmpty();
  }
}
