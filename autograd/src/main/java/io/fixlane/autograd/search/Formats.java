package io.fixlane.autograd.search;

import io.fixlane.autograd.fixed.QfxOptions;
import io.fixlane.autograd.fixed.QfxOptions.Role;
import io.fixlane.format.KHotRule;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.kernels.KHot;
import java.io.Serializable;
import java.util.Locale;

/**
 * The formats of a network that is tried. Biases have 16 bits.
 *
 * @param bits W of weights and activations, 1 to 24
 * @param elementBits W in element-wise layers, 1 to 24
 * @param kHot K of weights and scales; 0 to multiply in full
 * @param quantization the quantization mode of all words
 * @param overflow their overflow mode
 */
public record Formats(
    int bits, int elementBits, int kHot, QuantizationMode quantization, OverflowMode overflow)
    implements Serializable {
  /** The widest words. */
  public static final int MOST_BITS = 24;

  /**
   * Makes formats.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public Formats {
    require("bits", bits, 1);
    require("elementBits", elementBits, 1);
    require("kHot", kHot, 0);
  }

  private static void require(String name, int value, int least) {
    if (value < least || value > MOST_BITS) {
      throw new IllegalArgumentException(
          name + " is " + value + ": it must be in " + least + ".." + MOST_BITS);
    }
  }

  /** Makes formats of one width that round to even, saturate, and multiply in full. */
  public static Formats ofBits(int bits) {
    return new Formats(bits, bits, 0, QuantizationMode.AP_RND_CONV, OverflowMode.AP_SAT);
  }

  /** Returns these formats with K-hot weights and scales. */
  public Formats withKHot(int k) {
    return new Formats(bits, elementBits, k, quantization, overflow);
  }

  /** Returns the options of a conversion into these formats, each I to be calibrated. */
  public QfxOptions options() {
    QfxOptions options = QfxOptions.bits(bits).withBits(elementBits, Role.ELEMENT)
        .withModes(quantization, overflow);
    if (kHot == 0) {
      return options;
    }
    KHot encoder = KHot.of(kHot, KHotRule.NEAREST);
    return options.withWeightKHot(encoder).withScaleKHot(encoder);
  }

  /** Returns whether rounding and saturation are those of {@link #ofBits}. */
  public boolean hasUsualModes() {
    return quantization == QuantizationMode.AP_RND_CONV && overflow == OverflowMode.AP_SAT;
  }

  /** Returns a name that no other formats have, for files: {@code w4-e4-2hot}. */
  public String key() {
    String key = "w" + bits + "-e" + elementBits + (kHot == 0 ? "" : "-" + kHot + "hot");
    return hasUsualModes()
        ? key
        : (key + "-" + quantization + "-" + overflow).toLowerCase(Locale.ROOT);
  }
}
