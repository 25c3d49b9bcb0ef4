package io.fixlane.onnx.read.numbers;

import io.fixlane.format.FixedFormat;
import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;
import io.fixlane.onnx.read.Reading;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A constant of an integer network: words of a format, or floats.
 *
 * @param tensor the integers of words, or floats
 * @param format the format of words; null of floats
 * @param units what a word is a multiple of beside its value: one number, or as many dimensions as
 *     the words, all but one of them 1; null where words are the numbers themselves
 */
public record Constant(ModelTensor tensor, @Nullable FixedFormat format,
    @Nullable ModelTensor units) {
  /** Returns a constant of floats. */
  public static Constant of(ModelTensor floats) {
    return new Constant(floats, null, null);
  }

  /** Returns the format of words. */
  public FixedFormat required() {
    if (format == null) {
      throw new IllegalStateException(tensor + " has floats");
    }
    return format;
  }

  /** Returns the numbers at some places. */
  public Numbers numbers(ModelNode node, int count, IntUnaryOperator place) throws OnnxException {
    Numbers.requireRoom(count);
    if (format != null) {
      long[] words = tensor.longs();
      return Numbers.of(format,
          Arrays.stream(places(count, place)).mapToLong(i -> words[i]).toArray());
    }
    float[] floats = tensor.floats();
    float[] picked = new float[count];
    for (int i = 0; i < count; i++) {
      picked[i] = floats[place.applyAsInt(i)];
      Reading.requireFinite(node, tensor, picked[i]);
    }
    return Numbers.of(picked);
  }

  private static int[] places(int count, IntUnaryOperator place) {
    int[] places = new int[count];
    Arrays.setAll(places, place);
    return places;
  }

  /**
   * Returns the units along a dimension of the words: one, or one for each place along it.
   *
   * @throws OnnxException if they differ along another
   */
  public float[] units(ModelNode node, int axis) throws OnnxException {
    if (units == null) {
      return new float[] {1};
    }
    if (units.size() > 1 && units.shape()[axis] != units.size()) {
      throw node.refuse("its constant " + tensor + " has scales " + Arrays.toString(units.shape())
          + ": they must be one, or one for each output");
    }
    return units.floats();
  }

  /** Returns name and shape. */
  @Override
  public String toString() {
    return tensor.toString();
  }
}
