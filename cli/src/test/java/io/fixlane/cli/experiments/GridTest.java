package io.fixlane.cli.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import io.fixlane.autograd.fixed.QfxOptions.Role;
import io.fixlane.autograd.models.Model;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The plan of the runs. */
class GridTest {
  private static final Budget FULL = Budget.full("fashion-mnist");

  /**
   * For a seed: of two networks the shared start, float, 2 scopes x 4 widths x 4 methods, and 4
   * widths x 3 rows with one type by hand and 3 with I by channel; of the binarised one start,
   * float, full multipliers and 3 x 3; 9 ablations of which one is the default, plain gradients,
   * and I that stay where they swing; a small network in float and in three ways.
   */
  @Test
  void everyRowIsThereOnce() {
    List<Task> tasks = Grid.tasks(Set.of(1, 2, 3, 4), 3, FULL);
    assertThat(tasks).hasSize(3 * (2 * (2 + 32 + 24) + 12 + 10 + 5)).doesNotHaveDuplicates();
    Set<String> keys = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    tasks.forEach(task -> keys.add(task.key()));
    assertThat(keys).hasSameSizeAs(tasks);
  }

  @Test
  void aTaskComesAfterTheOneItGoesOnFrom() {
    Set<Task> before = new HashSet<>();
    for (Task task : Grid.tasks(Set.of(2, 3), 2, FULL)) {
      if (task.row().method() != Method.START) {
        assertThat(before).contains(task.origin());
      }
      before.add(task);
    }
  }

  /** One start, and at each of five costs one W, one that comes down, and learned widths. */
  @Test
  void learnedWidthsStandBesideOneWidthOfTheSameCost() {
    List<Task> tasks = Grid.tasks(Set.of(5), 1, FULL);
    assertThat(tasks).hasSize(1 + 5 * 4);
    assertThat(tasks.getLast().key())
        .isEqualTo("cnn-learned-everything-8-least_squares-0.01-budget-2.0-channels-seed-1");
    assertThat(tasks.getLast().row().options().format(Role.WEIGHT).leastWidth()).isZero();
    assertThat(tasks.getLast().row().options().format(Role.ACTIVATION).leastWidth()).isEqualTo(1);
    Row uniform = tasks.get(1).row();
    assertThat(uniform.budget()).isEqualTo(uniform.bits());
    assertThat(uniform.options().format(Role.WEIGHT).isWidthLearned()).isFalse();
    Row descent = tasks.get(2).row();
    assertThat(descent.way()).isEqualTo("QFX, I learned, W comes down to 6.0");
    assertThat(descent.learnsWidths()).isFalse();
    assertThat(descent.options().format(Role.WEIGHT).isWidthLearned()).isTrue();
    assertThat(FULL.epochs(uniform)).isEqualTo(FULL.epochs(tasks.getLast().row()))
        .isEqualTo(FULL.widthEpochs());
  }

  /** At each of four W nine ways, from the start or from float on; at 8 bits all have 8. */
  @Test
  void foldedNormsStandBesideThoseThatAreNot() {
    List<Task> tasks = Grid.tasks(Set.of(6), 1, FULL);
    assertThat(tasks).hasSize(2 + 4 * 9 - 2).doesNotHaveDuplicates();
    Row last = tasks.getLast().row();
    assertThat(tasks.getLast().key())
        .isEqualTo(
            "cnn-learned-everything-4-least_squares-0.01-folded-channels-taught-scores-input"
                + "-seed-1");
    assertThat(last.way()).isEqualTo("QFX, I learned, norms folded, I by channel, a teacher, "
        + "scores of 8 bits, input of 8 bits");
    assertThat(last.options().format(Role.SCORES).format().width()).isEqualTo(8);
    assertThat(last.options().format(Role.ACTIVATION).format().width()).isEqualTo(4);
    Row resnet = Grid.folds(Budget.colour("cifar-10"), 3).getLast();
    assertThat(resnet.way()).isEqualTo(last.way().replace(", input", ", addends of 8 bits, input"));
    assertThat(resnet.options().format(Role.ADDEND).format().width()).isEqualTo(8);
    assertThat(3 * FULL.rate(last)).isEqualTo(FULL.rate());
    assertThat(FULL.rate(Row.fixed(Model.CNN, Method.LEARNED, Scope.EVERYTHING, 4)))
        .isEqualTo(FULL.rate());
  }

  @Test
  void theFirstExperimentNeedsOneNetwork() {
    assertThat(Grid.tasks(Set.of(1), 3, FULL)).containsExactly(TwinCheck.network());
  }

  /** The twins of a row's words: W bits in element-wise layers leave the others theirs. */
  @Test
  void scopesAreFormats() {
    Row row = Row.fixed(Model.CNN, Method.LEARNED, Scope.ELEMENT_WISE, 4);
    assertThat(row.options().format(Role.ELEMENT).format().width()).isEqualTo(4);
    assertThat(row.options().format(Role.WEIGHT).format().width()).isEqualTo(Scope.OTHERS);
    assertThat(row.options().format(Role.ELEMENT).isLearned()).isTrue();
    assertThat(row.key())
        .isEqualTo("cnn-learned-element_wise-4-least_squares-" + Row.POINT_RATE);
    assertThat(row.with(Setting.CHANNEL_POINTS).options().byChannel()).isTrue();
    assertThat(row.with(Setting.CHANNEL_POINTS).key()).isEqualTo(row.key() + "-channels");
  }
}
