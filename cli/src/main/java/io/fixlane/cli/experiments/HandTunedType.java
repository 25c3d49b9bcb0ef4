package io.fixlane.cli.experiments;

import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.QfxOptions.Role;
import io.fixlane.autograd.layers.Sequential;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * One type for all words of a network, as it is found by hand: every I is tried, and the one that
 * is best on training images stays.
 *
 * @param tries what each I came to
 */
record HandTunedType(List<TaskResult.Calibration> tries) {
  /** The smallest I that is tried; the largest is W, beyond which words have no fraction. */
  static final int LEAST = -2;

  /** Makes networks of a type, with statistics taken again. */
  @FunctionalInterface
  interface Maker {
    Sequential of(QfxOptions options);
  }

  /**
   * Tries every I.
   *
   * @param options the formats but for I
   * @param maker makes the networks
   * @param onTraining the accuracy on some training images, which chooses
   * @param onTest that on some test images
   */
  static HandTunedType find(QfxOptions options, Maker maker,
      ToDoubleFunction<Sequential> onTraining, ToDoubleFunction<Sequential> onTest) {
    int width = options.format(Role.ACTIVATION).format().width();
    return new HandTunedType(
        IntStream.rangeClosed(LEAST, width).mapToObj(bits -> {
          Sequential network = maker.of(options.withIntegerBits(bits));
          return new TaskResult.Calibration(Start.BY_HAND, bits,
              onTraining.applyAsDouble(network), onTest.applyAsDouble(network));
        }).toList());
  }

  /** Returns the best I; of equal ones the smallest, whose words are the finest. */
  int integerBits() {
    TaskResult.Calibration best = tries.stream()
        .min(Comparator.comparingDouble(one -> -one.trainAccuracy())).orElseThrow();
    return LEAST + tries.indexOf(best);
  }
}
