package io.fixlane.onnx.model;

import io.fixlane.onnx.OnnxException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What nodes compute of constants, number by number, in floats as the model's tools do. */
final class FoldedNumbers {
  private FoldedNumbers() {}

  /** Returns the results of a node; null where its constants are no floats of one shape. */
  static @Nullable ModelTensor of(ModelNode node, String name, ModelTensor one, ModelTensor other)
      throws OnnxException {
    boolean alike = Arrays.equals(one.shape(), other.shape());
    if (!one.isFloat() || !other.isFloat() || !alike && other.size() != 1 && one.size() != 1) {
      return null;
    }
    ModelTensor larger = one.size() < other.size() ? other : one;
    float[] a = one.floats();
    float[] b = other.floats();
    float[] results = new float[larger.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = of(node, a[a.length == 1 ? 0 : i], b[b.length == 1 ? 0 : i]);
    }
    return ModelTensor.of(name, larger.shape(), results);
  }

  private static float of(ModelNode node, float a, float b) {
    return switch (node.operator()) {
      case "Add" -> a + b;
      case "Sub" -> a - b;
      case "Mul" -> a * b;
      case "Div" -> a / b;
      case "Pow" -> (float) Math.pow(a, b);
      case "Sqrt" -> (float) Math.sqrt(a);
      default -> throw new IllegalStateException(node.operator());
    };
  }
}
