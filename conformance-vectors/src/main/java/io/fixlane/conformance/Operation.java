package io.fixlane.conformance;

import io.fixlane.reference.ReferenceKHot;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import java.util.Objects;

/**
 * What a block of a vector file computes: the text of its {@code op} line, as a value.
 *
 * <p>x, y and z are the block's operands and its expected words; indices are row-major.
 */
public sealed interface Operation {

  /** {@code cast}: z[i] = (Z) x[i]. */
  record Cast() implements Operation {}

  /** {@code from_double}: z[i] = (Z) x[i], of a double. */
  record FromDouble() implements Operation {}

  /** {@code to_double}: z[i] = x[i].to_double(). */
  record ToDouble() implements Operation {}

  /** {@code add}: z[i] = x[i] + y[i], exactly. */
  record Add() implements Operation {}

  /** {@code sub}: z[i] = x[i] - y[i], exactly. */
  record Subtract() implements Operation {}

  /** {@code mul}: z[i] = x[i] * y[i], exactly. */
  record Multiply() implements Operation {}

  /** {@code div}: z[i] = x[i] / y[i], truncated toward zero. */
  record Divide() implements Operation {}

  /** {@code neg}: z[i] = -x[i], exactly. */
  record Negate() implements Operation {}

  /**
   * {@code shl n}: z[i] = x[i] &lt;&lt; n, within the bits of x.
   *
   * @param bits n; a negative one shifts right
   */
  record ShiftLeft(int bits) implements Operation {}

  /**
   * {@code shr n}: z[i] = x[i] &gt;&gt; n, within the bits of x.
   *
   * @param bits n; a negative one shifts left
   */
  record ShiftRight(int bits) implements Operation {}

  /**
   * {@code dot K}: for each run of K pairs, {@code Z acc = 0; for k: acc += x[k] * y[k]}.
   *
   * @param k K, the pairs of a run, at least 1
   */
  record Dot(int k) implements Operation {
    /**
     * Makes the operation.
     *
     * @throws IllegalArgumentException if k is not positive
     */
    public Dot {
      Signature.requirePositive("k", k);
    }
  }

  /**
   * {@code gemm m= n= k= relu=}: z = x y + bias with x of m x k and y of k x n words, a typed
   * accumulator, and z cast from it.
   *
   * @param m rows of x and z, at least 1
   * @param n columns of y and z, at least 1
   * @param k columns of x and rows of y, at least 1
   * @param relu whether a negative sum becomes 0
   */
  record Gemm(int m, int n, int k, boolean relu) implements Operation {
    /**
     * Makes the operation.
     *
     * @throws IllegalArgumentException if a size is not positive, or a matrix is larger than
     *     {@link Signature#MAX_WORDS}
     */
    public Gemm {
      Signature.of(m, n, k);
    }
  }

  /**
   * {@code conv2d c= h= w= o= kh= kw= stride= pad= relu=}, and {@code dilation=}, {@code groups=}
   * and {@code ceil=} where they are not 1, 1 and 0: the convolution of image x and kernels y, with
   * a typed accumulator, and z cast from it.
   *
   * @param image the image, whose layout is NCHW
   * @param outputs output channels
   * @param window how the kernel moves
   * @param groups into how many groups channels and outputs are divided
   * @param relu whether a negative sum becomes 0
   */
  record Conv2d(ImageShape image, int outputs, Window window, int groups, boolean relu)
      implements Operation {
    /**
     * Makes the operation.
     *
     * @throws IllegalArgumentException if the layout is another, the kernel does not fit in the
     *     padded image, the groups do not divide channels and outputs, or an operand or the result
     *     is larger than {@link Signature#MAX_WORDS}
     */
    public Conv2d {
      Objects.requireNonNull(image, "image");
      Objects.requireNonNull(window, "window");
      if (image.layout() != Layout.NCHW) {
        throw new IllegalArgumentException(
            "the image is " + image + ": the layout of x and z must be NCHW");
      }
      Signature.of(image, outputs, window, groups);
    }
  }

  /**
   * {@code khot K= rule=}: z[i] is the K-hot word that x[i] becomes, in the type of x.
   *
   * @param encoder K, at least 1, and the rule
   */
  record KHot(ReferenceKHot encoder) implements Operation {}

  /**
   * {@code khot_gemm m= n= k= relu= K= rule=}: the {@code gemm} of x and the K-hot words that the
   * words of y become.
   *
   * @param gemm the sizes, and whether a negative sum becomes 0
   * @param encoder K, at least 1, and the rule
   */
  record KHotGemm(Gemm gemm, ReferenceKHot encoder) implements Operation {}

  /**
   * Parses the text of an {@code op} line, such as {@code gemm m=5 n=7 k=9 relu=0}. Arguments with
   * names may stand in any order.
   *
   * @throws IllegalArgumentException if the operation is unknown, or an argument is missing,
   *     unknown, given twice or out of range
   */
  static Operation parse(String text) {
    return OperationText.parse(text);
  }

  /** Returns the text of the {@code op} line, which {@link #parse} reads back. */
  default String text() {
    return OperationText.print(this);
  }

  /** Returns the operation's name alone, such as {@code gemm}. */
  default String name() {
    String text = text();
    int blank = text.indexOf(' ');
    return blank < 0 ? text : text.substring(0, blank);
  }

  /** Returns which lines a block of this operation has, and how many words stand in each. */
  default Signature signature() {
    return switch (this) {
      case Cast _,FromDouble _,ToDouble _,Negate _,ShiftLeft _,ShiftRight _,KHot _ ->
          Signature.ELEMENTWISE_UNARY;
      case Add _,Subtract _,Multiply _,Divide _ -> Signature.ELEMENTWISE_BINARY;
      case Dot dot -> Signature.ofDot(dot.k());
      case Gemm gemm -> Signature.of(gemm.m(), gemm.n(), gemm.k());
      case Conv2d conv ->
          Signature.of(conv.image(), conv.outputs(), conv.window(), conv.groups());
      case KHotGemm khot -> khot.gemm().signature();
    };
  }
}
