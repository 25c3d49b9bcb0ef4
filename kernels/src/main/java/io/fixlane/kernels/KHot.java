package io.fixlane.kernels;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.format.KHotTerm;
import io.fixlane.kernels.khot.KHotTerms;
import io.fixlane.kernels.khot.KHotWord;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * K-hot weights: words that are sums of at most K terms, each plus or minus a power of two, so that
 * hardware multiplies by them with shifts and adders instead of multipliers.
 *
 * {@snippet class="io.fixlane.kernels.example.KHotExample" region="khot"}
 */
public final class KHot {
  private final int k;
  private final KHotRule rule;

  private KHot(int k, KHotRule rule) {
    this.k = k;
    this.rule = rule;
  }

  /**
   * Returns the encoder into words of at most {@code k} terms; from the width of a word on, every
   * rule leaves the word as it is.
   *
   * @param k K, at least 1
   * @param rule which terms a word becomes
   * @throws IllegalArgumentException if k is below 1
   */
  public static KHot of(int k, KHotRule rule) {
    if (k < 1) {
      throw new IllegalArgumentException("k is " + k + ": it must be at least 1");
    }
    return new KHot(k, Objects.requireNonNull(rule, "rule"));
  }

  /** Returns K, the largest number of terms of a word. */
  public int k() {
    return k;
  }

  /** Returns which terms a word becomes. */
  public KHotRule rule() {
    return rule;
  }

  /** Returns the K-hot words that words become, in a new tensor of the same format and shape. */
  public FixedTensor encode(FixedTensor words) {
    Objects.requireNonNull(words, "words");
    FixedTensor encoded = FixedTensor.allocate(words.format(), words.shape());
    for (long i = 0; i < words.size(); i++) {
      encoded.setRaw(i, KHotWord.encode(words.raw(i), words.format(), k, rule));
    }
    return encoded;
  }

  /**
   * Returns the terms of the K-hot word that a word becomes, the most significant first: the ones
   * of its magnitude, or its canonical signed digits where that is the rule. 0 has none.
   *
   * @param words the words
   * @param index the place of the word in row-major order
   * @throws IndexOutOfBoundsException if {@code index} is not in 0..size-1
   */
  public List<KHotTerm> terms(FixedTensor words, long index) {
    Objects.requireNonNull(words, "words");
    long word = KHotWord.encode(words.raw(index), words.format(), k, rule);
    List<KHotTerm> terms = new ArrayList<>();
    KHotWord.terms(word, words.format(), rule,
        (negative, shift) -> terms.add(new KHotTerm(negative, shift)));
    return List.copyOf(terms);
  }

  /**
   * Returns what products with a layer's weights cost in hardware, once the weights are K-hot.
   *
   * @param x the format of what the weights are multiplied by
   * @param weights the layer's weights
   */
  public KHotCost cost(FixedFormat x, FixedTensor weights) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(weights, "weights");
    return KHotCost.of(x, KHotTerms.of(encode(weights), rule));
  }

  /**
   * Plans element-wise products with K-hot weights on the kernel that is fastest on a CPU, which is
   * {@link KHotKernel#MULTIPLY}.
   *
   * @param x the format of what is multiplied
   * @param weights a word for every element, one word for all, or one for each channel, in the
   *     shapes that the second operand of an {@link Elementwise} operation has; the plan keeps the
   *     K-hot words that they become
   * @param result the format that the exact product is cast into
   * @throws IllegalArgumentException if the exact product or a format is wider than 64 bits
   */
  public KHotMultiply multiply(FixedFormat x, FixedTensor weights, FixedFormat result) {
    return multiply(x, weights, result, KHotKernel.MULTIPLY);
  }

  /**
   * Plans element-wise products with K-hot weights on a kernel of one's choice. Both give the same
   * bits.
   *
   * @param x as above
   * @param weights as above
   * @param result as above
   * @param kernel how the products are computed
   * @throws IllegalArgumentException as above
   */
  public KHotMultiply multiply(
      FixedFormat x, FixedTensor weights, FixedFormat result, KHotKernel kernel) {
    Objects.requireNonNull(x, "x");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(kernel, "kernel");
    return new KHotMultiply(this, x, weights, result, kernel);
  }

  /**
   * Plans a matrix product with the K-hot words that weights become.
   *
   * @param activations the format of the activations
   * @param weights k x n words
   * @param stage what surrounds the products
   * @param kernel how products are computed; both give the same bits. Words of more than 53 bits
   *     and sums of more than 64 are multiplied on either
   * @throws IllegalArgumentException as {@link Gemm#of}
   */
  public Gemm gemm(
      FixedFormat activations, FixedTensor weights, OutputStage stage, KHotKernel kernel) {
    Objects.requireNonNull(activations, "activations");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(kernel, "kernel");
    return switch (kernel) {
      case MULTIPLY -> Gemm.of(activations, encode(weights), stage);
      case SHIFT_ADD -> Gemm.shiftAdd(activations, KHotTerms.of(encode(weights), rule), stage);
    };
  }

  /**
   * Plans a convolution with the K-hot words that weights become.
   *
   * @param activations the format of the image
   * @param weights as {@link Conv2d#of} takes them
   * @param image as {@link Conv2d#of} takes it
   * @param window how the kernel moves
   * @param groups into how many groups channels and outputs are divided
   * @param stage what surrounds the products
   * @param kernel how products are computed; both give the same bits. Words of more than 53 bits
   *     and sums of more than 64 are multiplied on either
   * @throws IllegalArgumentException as {@link Conv2d#of}
   */
  public Conv2d conv2d(FixedFormat activations, FixedTensor weights, ImageShape image,
      Window window, int groups, OutputStage stage, KHotKernel kernel) {
    Objects.requireNonNull(activations, "activations");
    Objects.requireNonNull(weights, "weights");
    Objects.requireNonNull(image, "image");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(stage, "stage");
    Objects.requireNonNull(kernel, "kernel");
    return switch (kernel) {
      case MULTIPLY -> Conv2d.of(activations, encode(weights), image, window, groups, stage);
      case SHIFT_ADD -> Conv2d.shiftAdd(activations, KHotTerms.of(encode(weights), rule), image,
          window, groups, stage);
    };
  }

  /** Returns K and the rule: {@code 2-hot NEAREST}. */
  @Override
  public String toString() {
    return k + "-hot " + rule;
  }
}
