package io.fixlane.conformance;

import io.fixlane.conformance.Operation.Add;
import io.fixlane.conformance.Operation.Cast;
import io.fixlane.conformance.Operation.Conv2d;
import io.fixlane.conformance.Operation.Divide;
import io.fixlane.conformance.Operation.Dot;
import io.fixlane.conformance.Operation.FromDouble;
import io.fixlane.conformance.Operation.Gemm;
import io.fixlane.conformance.Operation.KHot;
import io.fixlane.conformance.Operation.KHotGemm;
import io.fixlane.conformance.Operation.Multiply;
import io.fixlane.conformance.Operation.Negate;
import io.fixlane.conformance.Operation.ShiftLeft;
import io.fixlane.conformance.Operation.ShiftRight;
import io.fixlane.conformance.Operation.Subtract;
import io.fixlane.conformance.Operation.ToDouble;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Which words of a block's operands one word of its result depends on. Only their places are kept:
 * a sum may have millions of them.
 */
final class OperandsOf extends AbstractList<Word> {
  private final VectorBlock block;
  /** The place in the bias, or -1. */
  private int bias = -1;
  /** Places in x, or in x and y by turns. */
  private int[] places = new int[2];
  private int size;

  private OperandsOf(VectorBlock block) {
    this.block = block;
  }

  /** Returns the operands of z[index], in the order in which the operation uses them. */
  static List<Word> result(VectorBlock block, int index) {
    OperandsOf operands = new OperandsOf(block);
    operands.collect(index);
    return operands;
  }

  @Override
  public int size() {
    return size + (bias < 0 ? 0 : 1);
  }

  @Override
  public Word get(int index) {
    Objects.checkIndex(index, size());
    if (bias >= 0 && index == 0) {
      return block.bias().word("bias", bias);
    }
    int i = bias < 0 ? index : index - 1;
    return block.y() == null || i % 2 == 0
        ? block.x().word("x", places[i])
        : block.y().word("y", places[i]);
  }

  private void collect(int index) {
    switch (block.operation()) {
      case Cast _,FromDouble _,ToDouble _,Negate _,ShiftLeft _,ShiftRight _,KHot _ ->
          add(index);
      case Add _,Subtract _,Multiply _,Divide _ -> pair(index, index);
      case Dot(int size) -> {
        for (int k = 0; k < size; k++) {
          pair(index * size + k, index * size + k);
        }
      }
      case Gemm gemm -> rowByColumn(gemm, index);
      case Conv2d conv -> taps(conv, index);
      case KHotGemm khot -> rowByColumn(khot.gemm(), index);
    }
  }

  private void rowByColumn(Gemm gemm, int index) {
    int row = index / gemm.n();
    int column = index % gemm.n();
    bias(column);
    for (int k = 0; k < gemm.k(); k++) {
      pair(row * gemm.k() + k, k * gemm.n() + column);
    }
  }

  private void taps(Conv2d conv, int index) {
    ImageShape image = conv.image();
    Window window = conv.window();
    ImageShape output = window.output(image);
    int row = index % output.pixels() / output.width();
    int column = index % output.width();
    int o = index / output.pixels();
    int channels = image.channels() / conv.groups();
    int first = o / (conv.outputs() / conv.groups()) * channels;
    int tap = o * channels * window.taps();
    bias(o);
    for (int c = first; c < first + channels; c++) {
      for (int i = 0; i < window.kernelHeight(); i++) {
        for (int j = 0; j < window.kernelWidth(); j++, tap++) {
          int sourceRow = window.row(row, i);
          int sourceColumn = window.column(column, j);
          if (image.contains(sourceRow, sourceColumn)) {
            pair(image.index(sourceRow, sourceColumn, c), tap);
          }
        }
      }
    }
  }

  private void bias(int index) {
    bias = block.bias() == null ? -1 : index;
  }

  private void pair(int xIndex, int yIndex) {
    add(xIndex);
    add(yIndex);
  }

  private void add(int place) {
    if (size == places.length) {
      places = Arrays.copyOf(places, 2 * size);
    }
    places[size++] = place;
  }
}
