package io.fixlane.autograd.fixed;

import io.fixlane.autograd.layers.AvgPool2d;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.BinaryConv2d;
import io.fixlane.autograd.layers.Conv2d;
import io.fixlane.autograd.layers.DepthwiseConv2d;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.GlobalAveragePool;
import io.fixlane.autograd.layers.Layer;
import io.fixlane.autograd.layers.LeakyReLU;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Residual;
import io.fixlane.autograd.layers.Sequential;
import java.util.LinkedHashMap;
import java.util.Map;

/** The fixed-point twins of float layers. */
record Conversion(QfxOptions options) {
  /** Returns the twin of a layer, whose path errors tell. */
  Layer twin(String path, Layer layer) {
    return switch (layer) {
      case Sequential sequential -> new Sequential(twins(path + ".", sequential));
      case Residual residual -> residual(path, residual);
      case Linear linear -> new FixedLinear(linear, options.sums());
      case Conv2d conv -> new FixedConv2d(conv, options.sums());
      case DepthwiseConv2d conv -> new FixedDepthwiseConv2d(conv, options.sums());
      case BinaryConv2d conv -> new FixedBinaryConv2d(conv);
      case BatchNorm2d norm -> new FixedBatchNorm2d(norm, options.element(), options.element(),
          options.element(), options.scaleKHot());
      case ReLU _ -> new FixedReLU(options.element());
      case LeakyReLU leaky -> new FixedLeakyReLU(slopeShift(path, leaky), options.element());
      case AvgPool2d pool -> new FixedAvgPool2d(pool.window(), options.element());
      case GlobalAveragePool _ -> FixedAvgPool2d.global(options.element());
      case MaxPool2d pool -> new MaxPool2d(pool.window());
      case Flatten _ -> new Flatten();
      default -> throw new IllegalArgumentException(
          "layer " + path + " is a " + layer.getClass().getSimpleName()
              + ": it has no fixed-point twin");
    };
  }

  /** Returns the twins of the layers within, by name. */
  LinkedHashMap<String, Layer> twins(String path, Sequential layers) {
    LinkedHashMap<String, Layer> twins = new LinkedHashMap<>();
    layers.layers().forEach((name, layer) -> twins.put(name, twin(path + name, layer)));
    return twins;
  }

  private Layer residual(String path, Residual residual) {
    Map<String, Layer> branches = residual.layers();
    Layer shortcut = branches.get(FixedAdd.SHORTCUT);
    return new FixedAdd(twin(path + ".body", branches.get(FixedAdd.BODY)),
        shortcut == null ? null : twin(path + ".shortcut", shortcut), options.element());
  }

  private static int slopeShift(String path, LeakyReLU layer) {
    int shift = -Math.getExponent(layer.slope());
    if (shift < 0 || layer.slope() != Math.scalb(1f, -shift)) {
      throw new IllegalArgumentException("layer " + path + " has the slope " + layer.slope()
          + ": in fixed point it must be a power of two, 1 or less");
    }
    return shift;
  }
}
