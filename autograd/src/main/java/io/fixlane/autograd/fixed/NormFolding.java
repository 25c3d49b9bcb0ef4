package io.fixlane.autograd.fixed;

import io.fixlane.autograd.RunningStatistics;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.layers.BatchNorm2d;
import io.fixlane.autograd.layers.Bias;
import io.fixlane.autograd.layers.DepthwiseConv2d;
import io.fixlane.autograd.layers.FloatConv2d;
import io.fixlane.autograd.layers.Linear;
import io.fixlane.autograd.layers.Residual;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Batch normalisations that become part of the products before them (Jacob et al., arXiv
 * 1712.05877, 3.2): of s (x w + b - mean) + beta, with s = gamma / sqrt(variance + epsilon), the
 * weights become s w, and the bias beta + s (b - mean).
 */
final class NormFolding {
  private NormFolding() {}

  static Sequential of(Sequential network) {
    SequencedMap<String, TapeLayer> layers = new LinkedHashMap<>();
    List<Map.Entry<String, TapeLayer>> left = new ArrayList<>(network.layers().entrySet());
    while (!left.isEmpty()) {
      Map.Entry<String, TapeLayer> next = left.removeFirst();
      TapeLayer layer = next.getValue();
      if (!left.isEmpty() && left.getFirst().getValue() instanceof BatchNorm2d norm
          && fits(norm, layer)) {
        left.removeFirst();
        layer = with(norm, layer);
      }
      layers.put(next.getKey(), within(layer));
    }
    return new Sequential(layers);
  }

  private static TapeLayer within(TapeLayer layer) {
    return switch (layer) {
      case Sequential sequential -> of(sequential);
      case Residual residual -> {
        TapeLayer shortcut = residual.layers().get(FixedAdd.SHORTCUT);
        yield new Residual(
            within(Objects.requireNonNull(residual.layers().get(FixedAdd.BODY))),
            shortcut == null ? null : within(shortcut));
      }
      default -> layer;
    };
  }

  /** Returns whether a layer is a product, with an output for each channel of a norm. */
  private static boolean fits(BatchNorm2d norm, TapeLayer layer) {
    Tensor weight = switch (layer) {
      case FloatConv2d conv -> conv.weight();
      case DepthwiseConv2d conv -> conv.weight();
      case Linear linear -> linear.weight();
      default -> null;
    };
    return weight != null && weight.dimension(-1) == norm.gamma().size();
  }

  /** Returns a product that does what a norm after it does. */
  private static TapeLayer with(BatchNorm2d norm, TapeLayer product) {
    // What is drawn here is replaced.
    RandomGenerator random = new SplittableRandom(0);
    int outputs = norm.gamma().size();
    switch (product) {
      case FloatConv2d conv -> {
        FloatConv2d folded =
            new FloatConv2d(conv.weight().dimension(2) * conv.groups(), outputs, conv.window(),
                conv.groups(), Bias.LEARNED, random);
        fold(norm, conv.weight(), conv.bias(), folded.weight(), folded.bias());
        return folded;
      }
      case DepthwiseConv2d conv -> {
        DepthwiseConv2d folded =
            new DepthwiseConv2d(outputs, conv.window(), Bias.LEARNED, random);
        fold(norm, conv.weight(), conv.bias(), folded.weight(), folded.bias());
        return folded;
      }
      case Linear linear -> {
        Linear folded = new Linear(linear.weight().dimension(0), outputs, random);
        fold(norm, linear.weight(), linear.bias(), folded.weight(), folded.bias());
        return folded;
      }
      default -> throw new IllegalStateException("no product: " + product);
    }
  }

  /** Computes weights and biases, whose last dimension is that of the norm. */
  private static void fold(BatchNorm2d norm, Tensor weight, @Nullable Tensor bias,
      Tensor newWeight, @Nullable Tensor newBias) {
    RunningStatistics statistics = norm.runningStatistics();
    float[] biases = Objects.requireNonNull(newBias).data();
    int outputs = biases.length;
    for (int c = 0; c < outputs; c++) {
      double scale = norm.gamma().data()[c]
          / Math.sqrt((double) statistics.variance()[c] + statistics.epsilon());
      double start = bias == null ? 0 : bias.data()[c];
      biases[c] = (float) (norm.beta().data()[c] + scale * (start - statistics.mean()[c]));
      for (int i = c; i < weight.size(); i += outputs) {
        newWeight.data()[i] = (float) (scale * weight.data()[i]);
      }
    }
  }
}
