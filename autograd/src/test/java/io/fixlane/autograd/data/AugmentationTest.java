package io.fixlane.autograd.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** How images are changed while training. */
class AugmentationTest {
  private static final int HEIGHT = 4;
  private static final int WIDTH = 5;
  private static final int CHANNELS = 2;
  private static final int SIZE = HEIGHT * WIDTH * CHANNELS;

  /** Images all of whose numbers are positive and each another one. */
  private static Dataset images(int count) {
    float[] images = new float[count * SIZE];
    for (int i = 0; i < images.length; i++) {
      images[i] = i + 1;
    }
    return new Dataset(
        "numbers", new int[] {HEIGHT, WIDTH, CHANNELS}, 2, images, new int[count]);
  }

  private static float at(float[] image, int y, int x, int c) {
    return y < 0 || y >= HEIGHT || x < 0 || x >= WIDTH
        ? 0
        : image[(y * WIDTH + x) * CHANNELS + c];
  }

  /** Returns an image as it is after a crop at a place of the padded image, and a flip. */
  private static float[] moved(float[] image, int down, int right, boolean isMirrored) {
    float[] moved = new float[SIZE];
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        for (int c = 0; c < CHANNELS; c++) {
          int from = isMirrored ? WIDTH - 1 - x : x;
          moved[(y * WIDTH + x) * CHANNELS + c] = at(image, y - down, from - right, c);
        }
      }
    }
    return moved;
  }

  @Property(tries = 100)
  void isAMoveAndAMirrorOfTheImage(@ForAll @IntRange(max = 6) int shift,
      @ForAll boolean mirrored, @ForAll long seed) {
    float[] image = images(1).images();
    float[] changed = new Augmentation(shift, mirrored)
        .of(image, 0, new int[] {HEIGHT, WIDTH, CHANNELS}, seed);
    boolean found = false;
    for (int down = -shift; down <= shift; down++) {
      for (int right = -shift; right <= shift; right++) {
        found |= Arrays.equals(changed, moved(image, down, right, false));
        found |= mirrored && Arrays.equals(changed, moved(image, down, right, true));
      }
    }
    assertThat(found).isTrue();
  }

  @Example
  void everyMoveAndBothSidesCome() {
    float[] image = images(1).images();
    Set<String> seen = new HashSet<>();
    for (long seed = 0; seed < 500; seed++) {
      seen.add(Arrays.toString(new Augmentation(1, true)
          .of(image, 0, new int[] {HEIGHT, WIDTH, CHANNELS}, seed)));
    }
    assertThat(seen).hasSize(2 * 3 * 3);
  }

  @Example
  void dependsOnTheImageNotOnTheBatch() {
    Dataset images = images(9);
    Augmentation augmentation = new Augmentation(2, true);
    float[] one = epoch(Batches.shuffled(images, 9, 5, 1, augmentation));
    assertThat(epoch(Batches.shuffled(images, 2, 5, 1, augmentation))).isEqualTo(one);
    assertThat(epoch(Batches.shuffled(images, 9, 5, 2, augmentation))).isNotEqualTo(one);
    assertThat(epoch(Batches.shuffled(images, 9, 6, 1, augmentation))).isNotEqualTo(one);
  }

  private static float[] epoch(Batches batches) {
    float[] all = new float[9 * SIZE];
    int at = 0;
    for (int i = 0; i < batches.count(); i++) {
      float[] some = batches.get(i).images().data();
      System.arraycopy(some, 0, all, at, some.length);
      at += some.length;
    }
    return all;
  }

  @Example
  void shiftsAreNotNegative() {
    assertThatThrownBy(() -> new Augmentation(-1, false))
        .hasMessage("shift is -1: it must be at least 0");
  }
}
