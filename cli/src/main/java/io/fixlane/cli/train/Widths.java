package io.fixlane.cli.train;

import io.fixlane.autograd.fixed.QfxOptions;

/**
 * The W of the words of a network.
 *
 * @param bits of weights and activations
 * @param input of the network's input
 * @param elements of the element-wise layers
 * @param addends of what shortcuts add; 0 for that of the layers that give it
 * @param scores of the network's result
 */
record Widths(int bits, int input, int elements, int addends, int scores) {
  /** Makes widths that are all the same. */
  static Widths of(int bits) {
    return new Widths(bits, bits, bits, 0, bits);
  }

  /** Returns formats of these widths. */
  QfxOptions options() {
    QfxOptions options = QfxOptions.bits(bits)
        .withInput(QfxOptions.bits(input).input())
        .withElement(QfxOptions.bits(elements).element())
        .withScores(QfxOptions.bits(scores).scores());
    return addends == 0 ? options : options.withAddends(QfxOptions.bits(addends).element());
  }

  /** Returns the largest W of what layers take, as functions by tables do. */
  int widestOfLayers() {
    return Math.max(input, Math.max(bits, elements));
  }

  /** Returns the largest W. */
  int widest() {
    return Math.max(widestOfLayers(), Math.max(addends, scores));
  }

  /** Returns them in words. */
  String text() {
    return bits + "-bit words"
        + (input == bits ? "" : ", " + input + " bits in the input")
        + (elements == bits ? "" : ", " + elements + " bits in element-wise layers")
        + (addends == 0 ? "" : ", " + addends + " bits in what shortcuts add")
        + (scores == bits ? "" : ", " + scores + " bits in scores");
  }
}
