package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.Workers;
import io.fixlane.autograd.layers.Flatten;
import io.fixlane.autograd.layers.MaxPool2d;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.layers.TapeLayer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the products of a network cost where each has a multiplier of its own: for every product of
 * a sample the bits of one factor times those of the other, the area of an array multiplier. That
 * is the measure EBOPs of HGQ (arXiv 2405.00645), of the products of weights and of the scales of
 * batch normalisations, also of those that deployment makes thresholds; those of signs count
 * nothing.
 *
 * {@snippet class="io.fixlane.autograd.fixed.WidthBudgetExample" region="budget"}
 */
public final class BitCost {
  private final List<Term> terms = new ArrayList<>();
  private final Tape tape = Tape.evaluating(Workers.SINGLE);

  /**
   * Products of the same widths.
   *
   * @param count how many
   * @param activations the cast of one factor
   * @param constants the cast of the other, with the same number of products for each channel
   */
  record Term(double count, FixedCast activations, FixedCast constants) {}

  /** What a layer gives, and what has cast it. */
  private record Place(Tensor x, FixedCast cast) {}

  private BitCost() {}

  /**
   * Finds the products of a network.
   *
   * @param network fixed-point layers, of which the first is a {@link FixedCast}, calibrated
   * @param sampleShape the dimensions of a sample, without that of the batch
   * @throws IllegalArgumentException if the first layer is no cast, a binary point is still to be
   *     chosen, or a layer is not known; the message names it
   */
  public static BitCost of(Sequential network, int... sampleShape) {
    Qfx.casts(network).forEach((path, cast) -> {
      if (!cast.isStarted()) {
        throw new IllegalArgumentException(
            "cast " + path + " has no binary point yet: calibrate the network first");
      }
    });
    int[] shape = new int[sampleShape.length + 1];
    shape[0] = 1;
    System.arraycopy(sampleShape, 0, shape, 1, sampleShape.length);
    BitCost cost = new BitCost();
    cost.add("network", network, Tensor.of(new float[size(shape)], shape), null);
    return cost;
  }

  private static int size(int... shape) {
    int size = 1;
    for (int dimension : shape) {
      size = Math.multiplyExact(size, dimension);
    }
    return size;
  }

  private Place add(String path, TapeLayer layer, Tensor x, @Nullable FixedCast cast) {
    if (layer instanceof Sequential sequential) {
      Tensor at = x;
      FixedCast last = cast;
      for (var within : sequential.layers().entrySet()) {
        Place place = add(path + "." + within.getKey(), within.getValue(), at, last);
        at = place.x();
        last = place.cast();
      }
      return place(path, at, last);
    }
    if (layer instanceof FixedCast first) {
      return new Place(first.forward(tape, x), first);
    }
    FixedCast input = place(path, x, cast).cast();
    Tensor y = layer.forward(tape, x);
    return switch (layer) {
      case ProductLayer product -> {
        int perOutput = product.weight().size() / product.weight().dimension(-1);
        terms.add(new Term((double) y.size() * perOutput, input, product.weightCast()));
        yield new Place(y, product.outputCast());
      }
      case FixedBatchNorm2d norm -> {
        terms.add(new Term(y.size(), input, norm.scaleCast()));
        yield new Place(y, norm.outputCast());
      }
      case FixedAdd add -> {
        add(path + ".body", add.body(), x, input);
        TapeLayer shortcut = add.shortcut();
        if (shortcut != null) {
          add(path + ".shortcut", shortcut, x, input);
        }
        yield new Place(y, add.outputCast());
      }
      case FixedBinaryConv2d conv -> new Place(y, conv.outputCast());
      case FixedReLU relu -> new Place(y, relu.outputCast());
      case FixedLeakyReLU leaky -> new Place(y, leaky.outputCast());
      case FixedLookUp look -> new Place(y, look.outputCast());
      case FixedAvgPool2d pool -> new Place(y, pool.outputCast());
      case MaxPool2d _,Flatten _ -> new Place(y, input);
      default -> throw new IllegalArgumentException("layer " + path + " is a "
          + layer.getClass().getSimpleName() + ": it is no layer of fixed-point words");
    };
  }

  private static Place place(String path, Tensor x, @Nullable FixedCast cast) {
    if (cast == null) {
      throw new IllegalArgumentException(
          path + " has no cast of its input: it must begin with a FixedCast");
    }
    return new Place(x, cast);
  }

  List<Term> terms() {
    return terms;
  }

  /** Returns the cost with each W as it is rounded now. */
  public double bits() {
    double bits = 0;
    for (Term term : terms) {
      bits += term.count * mean(term.activations) * mean(term.constants);
    }
    return bits;
  }

  private static double mean(FixedCast cast) {
    double sum = 0;
    for (int c = 0; c < cast.channels(); c++) {
      sum += cast.width(c);
    }
    return sum / cast.channels();
  }

  /** Returns the cost with each W as it is learned, before it is rounded. */
  double learnedBits() {
    double bits = 0;
    for (Term term : terms) {
      bits += term.count * learned(term.activations) * learned(term.constants);
    }
    return bits;
  }

  /** Returns the mean W of the channels of a cast, before it is rounded. */
  static double learned(FixedCast cast) {
    Tensor width = cast.learnedWidth();
    if (width == null) {
      return cast.width(0);
    }
    double sum = 0;
    for (float w : width.data()) {
      sum += w;
    }
    return sum / width.size();
  }

  /** Returns the cost with one W everywhere, which need not be an integer. */
  public double uniform(double width) {
    double products = 0;
    for (Term term : terms) {
      products += term.count;
    }
    return products * width * width;
  }

  /** Returns the W that would cost as much everywhere: the root of the mean of bits x bits. */
  public double uniformWidth() {
    return Math.sqrt(bits() / uniform(1));
  }
}
