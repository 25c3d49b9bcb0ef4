package io.fixlane.network;

import io.fixlane.reference.Fixed;
import java.util.ArrayList;
import java.util.Arrays;
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

  Image map(UnaryOperator<Fixed> function) {
    return new Image(words.stream().map(function).toList(), shape);
  }

  /** Returns the words channel by channel, as reference loops take images. */
  List<Fixed> planes() {
    List<Fixed> planes = new ArrayList<>();
    for (int c = 0; c < channels(); c++) {
      for (int i = c; i < words.size(); i += channels()) {
        planes.add(words.get(i));
      }
    }
    return planes;
  }

  /** Returns the image of words that lie channel by channel. */
  static Image ofPlanes(List<Fixed> planes, int... shape) {
    int channels = shape[2];
    int plane = planes.size() / channels;
    Fixed[] words = new Fixed[planes.size()];
    for (int i = 0; i < words.length; i++) {
      words[i % plane * channels + i / plane] = planes.get(i);
    }
    return new Image(Arrays.asList(words), shape);
  }
}
