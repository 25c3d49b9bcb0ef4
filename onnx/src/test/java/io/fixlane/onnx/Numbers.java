package io.fixlane.onnx;

import java.util.Arrays;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * A tensor of doubles for tests.
 *
 * @param data the numbers in row-major order
 * @param shape the dimensions
 */
record Numbers(double[] data, int... shape) {
  static Numbers scalar(double number) {
    return new Numbers(new double[] {number});
  }

  static int size(int... shape) {
    return Arrays.stream(shape).reduce(1, (a, b) -> a * b);
  }

  int dimension(int axis) {
    return shape[axis < 0 ? axis + shape.length : axis];
  }

  Numbers map(DoubleUnaryOperator function) {
    return new Numbers(Arrays.stream(data).map(function).toArray(), shape);
  }

  Numbers reshaped(int... newShape) {
    return new Numbers(data, newShape);
  }

  /** Returns the dimensions in another order. */
  Numbers transposed(int... order) {
    int[] to = Arrays.stream(order).map(axis -> shape[axis]).toArray();
    double[] result = new double[data.length];
    int[] at = new int[shape.length];
    for (int i = 0; i < data.length; i++) {
      int rest = i;
      for (int axis = shape.length - 1; axis >= 0; axis--) {
        at[axis] = rest % shape[axis];
        rest /= shape[axis];
      }
      int place = 0;
      for (int axis : order) {
        place = place * shape[axis] + at[axis];
      }
      result[place] = data[i];
    }
    return new Numbers(result, to);
  }

  /** Computes number by number, as shapes broadcast. */
  Numbers with(Numbers other, DoubleBinaryOperator function) {
    int rank = Math.max(shape.length, other.shape.length);
    int[] to = new int[rank];
    for (int i = 0; i < rank; i++) {
      to[i] = Math.max(size(i, rank), other.size(i, rank));
    }
    double[] result = new double[size(to)];
    for (int i = 0; i < result.length; i++) {
      result[i] = function.applyAsDouble(data[place(i, to)], other.data[other.place(i, to)]);
    }
    return new Numbers(result, to);
  }

  private int size(int axis, int rank) {
    int own = axis - (rank - shape.length);
    return own < 0 ? 1 : shape[own];
  }

  private int place(int index, int... to) {
    int rest = index;
    int place = 0;
    int stride = 1;
    for (int axis = to.length - 1; axis >= 0; axis--) {
      int size = size(axis, to.length);
      place += size == 1 ? 0 : rest % to[axis] * stride;
      stride *= size;
      rest /= to[axis];
    }
    return place;
  }

  Numbers product(Numbers other) {
    int rows = shape[0];
    int depth = shape[1];
    int columns = other.shape[1];
    double[] result = new double[rows * columns];
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        double sum = 0;
        for (int k = 0; k < depth; k++) {
          sum += data[r * depth + k] * other.data[k * columns + c];
        }
        result[r * columns + c] = sum;
      }
    }
    return new Numbers(result, rows, columns);
  }
}
