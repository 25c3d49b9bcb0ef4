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
import io.fixlane.reference.ReferenceConv2d.Shape;
import java.util.ArrayList;
import java.util.List;

/** Which words of a block's operands one word of its result depends on. */
final class OperandsOf {
  private final VectorBlock block;
  private final List<Word> words = new ArrayList<>();

  private OperandsOf(VectorBlock block) {
    this.block = block;
  }

  /** Returns the operands of z[index], in the order in which the operation uses them. */
  static List<Word> result(VectorBlock block, int index) {
    OperandsOf operands = new OperandsOf(block);
    operands.collect(index);
    return List.copyOf(operands.words);
  }

  private void collect(int index) {
    switch (block.operation()) {
      case Cast _,FromDouble _,ToDouble _,Negate _,ShiftLeft _,ShiftRight _,KHot _ ->
          words.add(block.x().word("x", index));
      case Add _,Subtract _,Multiply _,Divide _ -> pair(index, index);
      case Dot(int size) -> {
        for (int k = 0; k < size; k++) {
          pair(index * size + k, index * size + k);
        }
      }
      case Gemm gemm -> rowByColumn(gemm, index);
      case Conv2d conv -> taps(conv.shape(), index);
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

  private void taps(Shape s, int index) {
    int place = index % (s.outputHeight() * s.outputWidth());
    int o = index / (s.outputHeight() * s.outputWidth());
    int top = place / s.outputWidth() * s.stride() - s.padding();
    int left = place % s.outputWidth() * s.stride() - s.padding();
    bias(o);
    for (int c = 0; c < s.channels(); c++) {
      for (int i = 0; i < s.kernelHeight(); i++) {
        for (int j = 0; j < s.kernelWidth(); j++) {
          boolean inside =
              top + i >= 0 && top + i < s.height() && left + j >= 0 && left + j < s.width();
          if (inside) {
            pair(
                (c * s.height() + top + i) * s.width() + left + j,
                ((o * s.channels() + c) * s.kernelHeight() + i) * s.kernelWidth() + j);
          }
        }
      }
    }
  }

  private void bias(int index) {
    if (block.bias() != null) {
      words.add(block.bias().word("bias", index));
    }
  }

  private void pair(int xIndex, int yIndex) {
    words.add(block.x().word("x", xIndex));
    words.add(block.y().word("y", yIndex));
  }
}
