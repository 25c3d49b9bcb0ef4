package io.fixlane.random;

import io.fixlane.reference.Fixed;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * One sample as the reference computes it.
 *
 * @param words the words, row-major
 * @param shape features, or rows x columns x channels
 */
record Image(List<Fixed> words, int... shape) {
  int channels() {
    return shape[shape.length - 1];
  }

  List<Fixed> pixel(int place) {
    return words.subList(place * channels(), (place + 1) * channels());
  }

  Image map(UnaryOperator<Fixed> function) {
    return new Image(words.stream().map(function).toList(), shape);
  }
}
