package io.fixlane.autograd.fixed;

import io.fixlane.autograd.fixed.QfxOptions.Role;
import io.fixlane.autograd.layers.AvgPool2d;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.DepthwiseConv2d;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.FloatBinaryConv2d;
import io.fixlane.autograd.layers.FloatConv2d;
import io.fixlane.autograd.layers.GlobalAveragePool;
import io.fixlane.autograd.layers.LeakyReLU;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.autograd.layers.ReLU;
import io.fixlane.autograd.layers.Residual;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.Sigmoid;
import io.fixlane.autograd.layers.Tanh;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.format.FixedFormat;
import io.fixlane.format.OverflowMode;
import io.fixlane.format.QuantizationMode;
import io.fixlane.reference.Fixed;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fixed-point twins of float layers, made in the order of computation, as what comes to a layer
 * decides whether its result can be negative.
 */
final class Conversion {
  private final QfxOptions options;
  private final TapeLayer last;
  /** The layers that end the branches of shortcuts. */
  private final Set<TapeLayer> addends = Collections.newSetFromMap(new IdentityHashMap<>());
  /** Whether what the last twin gives can be negative. */
  private boolean negative = true;

  /** Makes the conversion of a network. */
  Conversion(TapeLayer network, QfxOptions options) {
    this.options = options;
    this.last = end(network);
    collectAddends(network);
  }

  private static TapeLayer end(TapeLayer layer) {
    TapeLayer end = layer;
    while (end instanceof Sequential layers && !layers.layers().isEmpty()) {
      end = layers.layers().lastEntry().getValue();
    }
    return end;
  }

  private void collectAddends(TapeLayer layer) {
    for (TapeLayer within : layer.layers().values()) {
      if (layer instanceof Residual) {
        addends.add(end(within));
      }
      collectAddends(within);
    }
  }

  /** Returns the twin of a layer, whose path errors tell. */
  TapeLayer twin(String path, TapeLayer layer) {
    return twin(path, layer, Activation.NONE);
  }

  private TapeLayer twin(String path, TapeLayer layer, Activation activation) {
    if (layer instanceof Residual residual) {
      return residual(path, residual, activation);
    }
    if (layer instanceof Sequential sequential) {
      return new Sequential(twins(path + ".", sequential, activation));
    }
    boolean before = negative;
    negative = switch (layer) {
      case ReLU _,Sigmoid _ -> false;
      case MaxPool2d _,AvgPool2d _,GlobalAveragePool _,Flatten _ -> before;
      default -> activation == Activation.NONE;
    };
    return switch (layer) {
      case Linear linear -> new FixedLinear(linear, sums(layer, activation));
      case FloatConv2d conv -> new FixedConv2d(conv, sums(layer, activation));
      case DepthwiseConv2d conv -> new FixedDepthwiseConv2d(conv, sums(layer, activation));
      case FloatBinaryConv2d conv -> new FixedBinaryConv2d(conv);
      case BatchNorm2d norm -> norm(norm, activation);
      case ReLU _ -> new FixedReLU(element());
      case LeakyReLU leaky -> new FixedLeakyReLU(slope(leaky.slope()), element());
      case Sigmoid _ -> new FixedLookUp(
          Conversion::sigmoid, x -> sigmoid(x) * sigmoid(-x), element());
      case Tanh _ -> new FixedLookUp(
          StrictMath::tanh, x -> 1 - StrictMath.tanh(x) * StrictMath.tanh(x), element());
      case AvgPool2d pool -> new FixedAvgPool2d(pool.window(), element());
      case GlobalAveragePool _ -> FixedAvgPool2d.global(element());
      case MaxPool2d pool -> new MaxPool2d(pool.window());
      case Flatten _ -> new Flatten();
      default -> throw new IllegalArgumentException(
          "layer " + path + " is a " + layer.getClass().getSimpleName()
              + ": it has no fixed-point twin");
    };
  }

  private TapeLayer norm(BatchNorm2d norm, Activation activation) {
    TrainableFormat element = options.format(Role.ELEMENT);
    return new FixedBatchNorm2d(norm, element, element, activation,
        output(norm, activation, element()), options.scaleKHot());
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }

  /** Returns the format of an element-wise layer's output. */
  private TrainableFormat element() {
    TrainableFormat element = options.format(Role.ELEMENT);
    return negative ? element : element.unsigned();
  }

  /** Returns the format of a layer's output, which is another one where a shortcut adds it. */
  private TrainableFormat output(
      TapeLayer layer, Activation activation, TrainableFormat elsewhere) {
    TrainableFormat addend = options.formats().get(Role.ADDEND);
    return addend != null && activation == Activation.NONE && addends.contains(layer)
        ? addend
        : elsewhere;
  }

  private SumFormats sums(TapeLayer layer, Activation activation) {
    SumFormats sums = options.sums(
        layer == last
            ? options.format(Role.SCORES)
            : output(layer, activation, options.format(Role.ACTIVATION)));
    return activation == Activation.NONE ? sums : sums.withRelu(element());
  }

  /** Returns the twins of the layers within, by name. */
  LinkedHashMap<String, TapeLayer> twins(String path, Sequential layers) {
    return twins(path, layers, Activation.NONE);
  }

  private LinkedHashMap<String, TapeLayer> twins(
      String path, Sequential layers, Activation activation) {
    LinkedHashMap<String, TapeLayer> twins = new LinkedHashMap<>();
    List<Map.Entry<String, TapeLayer>> left = new ArrayList<>(layers.layers().entrySet());
    while (!left.isEmpty()) {
      Map.Entry<String, TapeLayer> next = left.removeFirst();
      Activation after = left.isEmpty() ? activation : Activation.NONE;
      if (!left.isEmpty() && left.getFirst().getValue() instanceof ReLU
          && takesActivation(next.getValue())) {
        left.removeFirst();
        after = Activation.RELU;
      }
      twins.put(next.getKey(), twin(path + next.getKey(), next.getValue(), after));
    }
    return twins;
  }

  /** Returns whether the twin of a layer can apply an activation before its cast. */
  private static boolean takesActivation(TapeLayer layer) {
    return switch (layer) {
      case Linear _,FloatConv2d _,DepthwiseConv2d _,BatchNorm2d _,Residual _ -> true;
      case Sequential layers -> !layers.layers().isEmpty()
          && takesActivation(layers.layers().lastEntry().getValue());
      default -> false;
    };
  }

  private TapeLayer residual(String path, Residual residual, Activation activation) {
    Map<String, TapeLayer> branches = residual.layers();
    TapeLayer shortcut = branches.get(FixedAdd.SHORTCUT);
    boolean input = negative;
    TapeLayer body = twin(path + ".body", branches.get(FixedAdd.BODY));
    boolean ofBody = negative;
    negative = input;
    TapeLayer direct = shortcut == null ? null : twin(path + ".shortcut", shortcut);
    negative = activation == Activation.NONE && (ofBody || negative);
    return new FixedAdd(body, direct, activation, element());
  }

  /**
   * Returns a slope as a constant: a power of two of at most 1 exactly, as an unsigned bit, which
   * costs a shift; any other to the nearest word of as many bits as elements have.
   */
  private Fixed slope(float slope) {
    int exponent = Math.getExponent(slope);
    if (exponent <= 0 && slope == Math.scalb(1f, exponent)) {
      return Fixed.ofRaw(FixedFormat.unsigned(1, 1 + exponent), 1);
    }
    int integerBits = slope == 0 ? 1 : exponent + 2;
    return Fixed.from(FixedFormat.signed(options.format(Role.ELEMENT).format().width(), integerBits,
        QuantizationMode.AP_RND_CONV, OverflowMode.AP_SAT), slope);
  }
}
