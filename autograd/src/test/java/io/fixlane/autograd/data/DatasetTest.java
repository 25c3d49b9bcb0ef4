package io.fixlane.autograd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Data sets, their splits and their batches. */
class DatasetTest {
  @Nested
  class Examples extends DataExample {}

  /** Images whose one pixel is their number, and label their number modulo 3. */
  private static Dataset numbered(int size) {
    float[] images = new float[size];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      images[i] = i;
      labels[i] = i % 3;
    }
    return new Dataset("numbered", new int[] {1, 1, 1}, 3, images, labels);
  }

  private static List<Float> pixels(Dataset dataset) {
    return IntStream.range(0, dataset.size()).mapToObj(i -> dataset.images()[i]).toList();
  }

  @Property(tries = 50)
  void batchesHaveEveryImageOnceWithItsLabel(@ForAll @IntRange(min = 1, max = 50) int size,
      @ForAll @IntRange(min = 1, max = 60) int batchSize, @ForAll long seed,
      @ForAll @IntRange(max = 3) int epoch) {
    Batches batches = Batches.shuffled(numbered(size), batchSize, seed, epoch);
    List<Float> seen = new ArrayList<>();
    for (int i = 0; i < batches.count(); i++) {
      Batch batch = batches.get(i);
      assertThat(batch.size()).isEqualTo(Math.min(batchSize, size - i * batchSize));
      for (int j = 0; j < batch.size(); j++) {
        seen.add(batch.images().data()[j]);
        assertThat(batch.labels()[j]).isEqualTo((int) batch.images().data()[j] % 3);
      }
    }
    assertThat(seen).containsExactlyInAnyOrderElementsOf(pixels(numbered(size)));
  }

  @Test
  void theOrderDependsOnSeedAndEpochAlone() {
    assertThat(Shuffle.order(8, 1, 0)).containsExactly(Shuffle.order(8, 1, 0));
    assertThat(Shuffle.order(50, 1, 0)).isNotEqualTo(Shuffle.order(50, 1, 1))
        .isNotEqualTo(Shuffle.order(50, 2, 0));
    // The same numbers on every machine.
    assertThat(Shuffle.order(8, 1, 0)).containsExactly(ORDER);
  }

  private static final int[] ORDER = {6, 4, 5, 0, 1, 7, 3, 2};

  @Test
  void aSplitHasEveryImageOnce() {
    DataSplit split = numbered(10).split(0.7, 3);
    assertThat(split.train().size()).isEqualTo(7);
    List<Float> all = new ArrayList<>(pixels(split.train()));
    all.addAll(pixels(split.test()));
    assertThat(all).containsExactlyInAnyOrderElementsOf(pixels(numbered(10)));
    assertThatThrownBy(() -> numbered(10).split(1, 3))
        .hasMessage("trainFraction is 1.0: of 10 images, both parts must get one");
  }

  @Test
  void theFirstImages() {
    assertThat(pixels(numbered(10).first(2))).containsExactly(0f, 1f);
    assertThatThrownBy(() -> numbered(10).first(11)).hasMessage("count is 11: it must be in 1..10");
  }

  @Test
  void theDigits() {
    Dataset digits = Digits.read();
    assertThat(digits).hasToString("digits: 1797 images 8x8x1, 10 classes");
    // The file's first line: 0, 0, 5, 13, 9, ..., and a zero.
    assertThat(digits.images()).startsWith(0, 0, 5 / 16f, 13 / 16f, 9 / 16f);
    assertThat(digits.label(0)).isZero();
    assertThat(IntStream.range(0, 1797).map(digits::label).filter(label -> label == 3).count())
        .isEqualTo(183);
  }

  @Test
  void badArguments() {
    int[] shape = {1, 1, 1};
    assertThatThrownBy(() -> new Dataset("x", shape, 2, new float[3], new int[2]))
        .hasMessage("x has 2 labels and 3 pixels: it must have at least 1 label, and 1 pixels for"
            + " each");
    assertThatThrownBy(() -> new Dataset("x", shape, 2, new float[2], new int[] {0, 2}))
        .hasMessage("x, image 1: the label is 2: it must be in 0..1");
    assertThatThrownBy(() -> new Dataset("x", new int[] {1, 1}, 2, new float[2], new int[2]))
        .hasMessageContaining("imageShape is [1, 1]");
    assertThatThrownBy(() -> Batches.inOrder(numbered(3), 0))
        .hasMessageContaining("batchSize is 0");
    assertThatThrownBy(() -> Batches.inOrder(numbered(3), 2).get(2))
        .hasMessage("index is 2: it must be in 0..1");
  }
}
