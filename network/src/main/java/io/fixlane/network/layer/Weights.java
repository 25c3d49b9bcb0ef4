package io.fixlane.network.layer;

import io.fixlane.format.KHotRule;
import io.fixlane.kernels.KHot;
import io.fixlane.network.words.Formats;
import io.fixlane.tensor.BitPackedTensor;
import io.fixlane.tensor.FixedTensor;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The weights of a layer: words, and whether they are K-hot. Immutable: the words are copied.
 *
 * {@snippet class="io.fixlane.network.NetworkExample" region="weights"}
 */
public final class Weights {
  private final FixedTensor words;
  private final @Nullable KHot kHot;

  private Weights(FixedTensor words, @Nullable KHot kHot) {
    this.words = words;
    this.kHot = kHot;
  }

  /**
   * Returns weights that are multiplied.
   *
   * @param words the words, in the shape that the layer takes
   * @throws IllegalArgumentException if a word is not in the range of its format
   */
  public static Weights of(FixedTensor words) {
    Objects.requireNonNull(words, "words");
    return new Weights(copy("weights", words), null);
  }

  /**
   * Returns weights that are multiplied, from packed words.
   *
   * @param words the words, in the shape that the layer takes
   */
  public static Weights of(BitPackedTensor words) {
    Objects.requireNonNull(words, "words");
    return of(words.unpack());
  }

  /**
   * Returns the K-hot weights that words become: in hardware, products with them are shifts and
   * additions.
   *
   * @param words the words, in the shape that the layer takes; K-hot ones stay what they are
   * @param k K, the largest number of terms of a weight
   * @param rule which terms a word becomes
   * @throws IllegalArgumentException if k is below 1, or a word is not in the range of its format
   */
  public static Weights kHot(FixedTensor words, int k, KHotRule rule) {
    Objects.requireNonNull(words, "words");
    Objects.requireNonNull(rule, "rule");
    KHot kHot = KHot.of(k, rule);
    return new Weights(copy("weights", kHot.encode(copy("weights", words))), kHot);
  }

  /**
   * Returns a read-only copy of words.
   *
   * @throws IllegalArgumentException if one is not in the range of its format, or networks do not
   *     have the format
   */
  static FixedTensor copy(String name, FixedTensor words) {
    FixedTensor copy = FixedTensor.allocate(Formats.require(words.format()), words.shape());
    copy.segment().copyFrom(words.segment());
    OptionalLong bad = copy.firstOutOfRange();
    if (bad.isPresent()) {
      throw new IllegalArgumentException(
          name + " has the word " + copy.raw(bad.getAsLong()) + " at " + bad.getAsLong()
              + ": it is out of range for " + copy.format());
    }
    return FixedTensor.of(copy.format(), copy.segment().asReadOnly(), copy.shape());
  }

  /** Returns the words, read-only. */
  public FixedTensor words() {
    return words;
  }

  /** Returns the encoder of K-hot weights, or null where they are multiplied. */
  public @Nullable KHot kHot() {
    return kHot;
  }

  /** Returns format, number and K of the weights: {@code 144 of ap_fixed<4,1>, 2-hot NEAREST}. */
  @Override
  public String toString() {
    return words.size() + " of " + words.format() + (kHot == null ? "" : ", " + kHot);
  }
}
