package io.fixlane.onnx.read.numbers;

import io.fixlane.onnx.OnnxException;
import io.fixlane.onnx.model.ModelNode;
import io.fixlane.onnx.model.ModelTensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The scale and the zero of each number of a constant: one for all, or one for each output. */
public final class Scales {
  private final float[] scales;
  private final long[] zeros;
  private final int rank;
  private final int axis;
  private final int inner;

  /** Makes the scales of a constant along the dimension that the attribute axis says. */
  public Scales(ModelNode node, ModelTensor constant, ModelTensor scale, @Nullable ModelTensor zero)
      throws OnnxException {
    this(node, constant, scale, zero, node.integer("axis", 1));
  }

  /** Makes the scales of a constant along a dimension. */
  public Scales(ModelNode node, ModelTensor constant, ModelTensor scale, @Nullable ModelTensor zero,
      long axis) throws OnnxException {
    this.scales = Quantizer.scale(node, scale).floats();
    this.zeros = zero == null ? new long[1] : zero.longs();
    int[] shape = constant.shape();
    this.rank = shape.length;
    boolean several = scales.length > 1 || zeros.length > 1;
    // A constant of one dimension has no other, and one scale is along none.
    long place = rank == 1 || !several ? 0 : axis < 0 ? axis + rank : axis;
    boolean known = !several || place >= 0 && place < rank;
    this.axis = known ? (int) place : 0;
    if (zeros.length == 0 || !known || several
        && (scales.length != 1 && scales.length != shape[this.axis]
            || zeros.length != 1 && zeros.length != shape[this.axis])) {
      throw node.refuse("its constant " + constant + " has " + scales.length + " scales and "
          + zeros.length + " zeros along the dimension " + axis
          + ": they must be one, or one for each place along it");
    }
    int size = 1;
    for (int i = this.axis + 1; i < rank; i++) {
      size *= shape[i];
    }
    this.inner = Math.max(1, size);
  }

  /** Returns the scale of a number of the constant. */
  public float scale(int number) {
    return scales[scales.length == 1 ? 0 : number / inner % scales.length];
  }

  /** Returns the zero of a number of the constant. */
  public long zero(int number) {
    return zeros[zeros.length == 1 ? 0 : number / inner % zeros.length];
  }

  /** Returns the scales in as many dimensions as the constant has. */
  public ModelTensor spread() {
    int[] shape = new int[scales.length == 1 ? 1 : rank];
    Arrays.fill(shape, 1);
    if (scales.length > 1) {
      shape[axis] = scales.length;
    }
    return ModelTensor.of("scale", shape, scales);
  }
}
