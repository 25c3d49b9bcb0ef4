package io.fixlane.autograd;

import io.fixlane.autograd.arrays.Shapes;
import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.FixedTensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of a shape, in row-major order, and after {@link Tape#backward} their gradient. Images
 * are N x height x width x channels.
 *
 * <p>A constant or a parameter wraps the array it is given. What a {@link Tape} computes lives in
 * the tape's memory and is valid until its {@link Tape#reset}.
 *
 * {@snippet class="io.fixlane.autograd.AutogradExample" region="gradient"}
 */
public final class Tensor {
  /** The most bits of a fixed-point word of which a float holds every value. */
  public static final int MAX_WIDTH = 24;

  private final int[] shape;
  private final float[] data;
  private final boolean requiresGrad;
  private final @Nullable FixedFormat format;
  private float @Nullable [] grad;

  Tensor(float[] data, int[] shape, boolean requiresGrad, @Nullable FixedFormat format) {
    this.shape = shape;
    this.data = data;
    this.requiresGrad = requiresGrad;
    this.format = format;
  }

  /**
   * Wraps numbers that need no gradient.
   *
   * @throws IllegalArgumentException if the array does not have the numbers of the shape
   */
  public static Tensor of(float[] data, int... shape) {
    return new Tensor(checked(data, shape), shape.clone(), false, null);
  }

  /**
   * Makes a tensor of the values of fixed-point words, which needs no gradient.
   *
   * @throws IllegalArgumentException if a word has more than {@value #MAX_WIDTH} bits, or values
   *     are out of the range of a float
   */
  public static Tensor of(FixedTensor words) {
    FixedFormat format = requireExact(words.format());
    float[] data = words.dequantize(new float[Math.toIntExact(words.size())]);
    return new Tensor(data, words.shape(), false, format);
  }

  /**
   * Requires a format of which a float holds every value.
   *
   * @throws IllegalArgumentException if its words have more than {@value #MAX_WIDTH} bits, or
   *     values are out of the range of normal floats
   */
  public static FixedFormat requireExact(FixedFormat format) {
    if (-format.fractionBits() < Float.MIN_EXPONENT || format.integerBits() > Float.MAX_EXPONENT) {
      throw new IllegalArgumentException(
          "the format is " + format + ": its values are out of the range of normal floats");
    }
    if (format.width() > MAX_WIDTH) {
      throw new IllegalArgumentException(
          "the format is " + format + ": a float holds words of at most " + MAX_WIDTH + " bits");
    }
    return format;
  }

  /**
   * Wraps numbers that are learned: an optimizer changes them in place.
   *
   * @throws IllegalArgumentException if the array does not have the numbers of the shape
   */
  public static Tensor parameter(float[] data, int... shape) {
    return new Tensor(checked(data, shape), shape.clone(), true, null);
  }

  private static float[] checked(float[] data, int[] shape) {
    if (data.length != Shapes.size(shape)) {
      throw new IllegalArgumentException(
          "data has " + data.length + " numbers: shape " + Arrays.toString(shape) + " holds "
              + Shapes.size(shape));
    }
    return data;
  }

  /** Returns the number of dimensions; 0 for a single number. */
  public int rank() {
    return shape.length;
  }

  /** Returns a dimension, counted from 0; from -1 downwards counted from the last. */
  public int dimension(int index) {
    return shape[index < 0 ? shape.length + index : index];
  }

  /** Returns a copy of the dimensions. */
  public int[] shape() {
    return shape.clone();
  }

  /** Returns whether the dimensions are the same as another's. */
  public boolean hasShapeOf(Tensor other) {
    return Arrays.equals(shape, other.shape);
  }

  /** Returns the number of numbers. */
  public int size() {
    return data.length;
  }

  /** Returns the numbers themselves, not a copy. */
  public float[] data() {
    return data;
  }

  /**
   * Returns the only number.
   *
   * @throws IllegalStateException if there are several
   */
  public float item() {
    if (data.length != 1) {
      throw new IllegalStateException("the tensor has " + data.length + " numbers, not one");
    }
    return data[0];
  }

  /**
   * Returns the fixed-point format that every number is a value of, exactly; null where numbers are
   * just floats.
   */
  public @Nullable FixedFormat format() {
    return format;
  }

  /** Returns whether it is a parameter, or was computed from one. */
  public boolean requiresGrad() {
    return requiresGrad;
  }

  /**
   * Returns the derivative of the loss by each number of a parameter; null where none has been
   * computed since the tape was reset, and of what a tape computed once {@link Tape#backward} has
   * ended. The array must not be changed.
   */
  public float @Nullable [] grad() {
    return grad;
  }

  void setGrad(float @Nullable [] grad) {
    this.grad = grad;
  }

  /** Returns the shape alone, as {@code [64, 28, 28, 1]}. */
  @Override
  public String toString() {
    return Arrays.toString(shape);
  }
}
