package io.fixlane.hardware.circuit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How common parts of sums are found. */
class SharingTest {
  private static Term plus(int variable, int shift) {
    return new Term(variable, shift, false);
  }

  private static Term minus(int variable, int shift) {
    return new Term(variable, shift, true);
  }

  @Test
  void aPairOfTwoSumsBecomesAVariable() {
    List<Pattern> made = new ArrayList<>();
    List<List<Term>> shared = Sharing.share(List.of(
        List.of(plus(0, 0), minus(1, 2), plus(2, 0)),
        List.of(minus(0, 3), plus(1, 5))), pattern -> {
          made.add(pattern);
          return 2 + made.size();
        });
    assertThat(made).containsExactly(new Pattern(0, 1, 2, true));
    assertThat(shared).containsExactly(
        List.of(plus(2, 0), plus(3, 0)), List.of(minus(3, 3)));
  }

  @Test
  void partsOfAVariableAreSharedToo() {
    List<Pattern> made = new ArrayList<>();
    List<List<Term>> shared = Sharing.share(List.of(
        List.of(plus(0, 0), plus(0, 2), plus(0, 4), plus(0, 6))), pattern -> {
          made.add(pattern);
          return made.size();
        });
    assertThat(made).hasSize(1);
    assertThat(shared.getFirst()).hasSize(2);
  }

  @Test
  void whatIsThereOnceStays() {
    List<List<Term>> sums = List.of(List.of(plus(0, 0), plus(1, 1)), List.of(plus(0, 0)));
    assertThat(Sharing.share(sums, _ -> {
      throw new AssertionError();
    })).isEqualTo(sums);
  }
}
