package io.fixlane.autograd.fixed.cast;

import io.fixlane.autograd.Op;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.format.FixedFormat;
import org.jspecify.annotations.Nullable;

/**
 * q = cast(y) with y = a(x s + b), for a scale s and a shift b of each channel, and a = max(., 0)
 * or nothing. With the gradient g of q, m of the cast at y, and h = g m a': dx = h s; and summed up
 * for each channel ds = sum h x and db = sum h; dI and dW as {@link CastOp} has them, of y.
 *
 * <p>One operation does it, as each pass through memory costs more than the arithmetic: numbers are
 * taken by stretches, several rows of channels that the first cache holds.
 */
public final class ScaleAndShiftOp implements Op {
  /** The stretches that are cast at once. */
  private static final int CAST = 8;

  private final FixedFormat format;
  private final CastMask mask;
  private final boolean relu;
  private final float @Nullable [] values;

  /**
   * Makes the operation.
   *
   * @param format what is cast into
   * @param everywhere whether gradients pass where the cast saturates too
   * @param relu whether a is max(., 0)
   * @param values what the cast gives where that is known already, from exact words, as floats do
   *     not hold every y; null to compute it
   */
  public ScaleAndShiftOp(FixedFormat format, boolean everywhere, boolean relu,
      float @Nullable [] values) {
    this.format = format;
    this.mask = new CastMask(format, everywhere);
    this.relu = relu;
    this.values = values;
  }

  @Override
  public String name() {
    return "FixedScaleAndShift";
  }

  @Override
  public int[] shape(Tensor... inputs) {
    require(
        inputs.length >= 3 && inputs[0].rank() > 0
            && inputs[1].size() == inputs[0].dimension(-1)
            && inputs[2].size() == inputs[0].dimension(-1),
        inputs, "it takes numbers, and a scale and a shift for each of their channels");
    return inputs[0].shape();
  }

  @Override
  public FixedFormat format(Tensor... inputs) {
    return format;
  }

  /** Numbers by stretches, with scales and shifts that are repeated to their width. */
  private static final class Stretches {
    final float[] x;
    final float[] scale;
    final float[] shift;
    final int width;
    final int count;
    final int parts;

    Stretches(Tensor... inputs) {
      int channels = inputs[1].size();
      this.x = inputs[0].data();
      this.width = Math.clamp(x.length, 1, Math.ceilDiv(Parts.STRETCH, channels) * channels);
      this.scale = repeated(inputs[1].data());
      this.shift = repeated(inputs[2].data());
      this.count = Math.ceilDiv(x.length, width);
      this.parts = Math.min(count, Parts.count(x.length));
    }

    private float[] repeated(float[] row) {
      float[] wide = new float[width];
      for (int i = 0; i < width; i += row.length) {
        System.arraycopy(row, 0, wide, i, row.length);
      }
      return wide;
    }

    /** Returns the first stretch of a part. */
    int first(int part) {
      return (int) ((long) part * count / parts);
    }

    int at(int stretch) {
      return stretch * width;
    }

    int size(int stretch) {
      return Math.min(width, x.length - at(stretch));
    }
  }

  @Override
  public float[] forward(Tape tape, Tensor... inputs) {
    if (values != null) {
      return values;
    }
    Stretches all = new Stretches(inputs);
    float[] q = tape.floats(all.x.length);
    CastPlan plan = CastPlan.of(format);
    tape.parallel(all.parts, part -> {
      float[] t = new float[all.width];
      int last = all.first(part + 1);
      for (int first = all.first(part); first < last; first += CAST) {
        int end = Math.min(last, first + CAST);
        for (int i = first; i < end; i++) {
          int size = all.size(i);
          System.arraycopy(all.x, all.at(i), t, 0, size);
          scaleAndShift(t, all.scale, all.shift, size);
          activate(t, size);
          System.arraycopy(t, 0, q, all.at(i), size);
        }
        plan.run(q, q, all.at(first), all.at(end - 1) + all.size(end - 1));
      }
    });
    return q;
  }

  @Override
  public float[] @Nullable [] backward(Tape tape, Tensor[] inputs, Tensor output) {
    Stretches all = new Stretches(inputs);
    float[] g = Op.gradient(output);
    float[] q = output.data();
    float[] dx = inputs[0].requiresGrad() ? tape.floats(g.length) : null;
    boolean ofWidth = inputs.length > 4;
    FormatGradient di = inputs.length > 3
        ? new FormatGradient(format, all.parts, all.width, ofWidth)
        : null;
    double[][] ds = new double[all.parts][all.width];
    double[][] db = new double[all.parts][all.width];
    tape.parallel(all.parts, part -> {
      float[] x = new float[all.width];
      float[] y = new float[all.width];
      float[] h = new float[all.width];
      float[] m = new float[all.width];
      float[] cast = new float[all.width];
      for (int i = all.first(part); i < all.first(part + 1); i++) {
        int at = all.at(i);
        int size = all.size(i);
        System.arraycopy(all.x, at, x, 0, size);
        System.arraycopy(x, 0, y, 0, size);
        scaleAndShift(y, all.scale, all.shift, size);
        activate(y, size);
        System.arraycopy(g, at, h, 0, size);
        mask.of(y, m, size);
        if (di != null) {
          System.arraycopy(q, at, cast, 0, size);
          di.add(part, h, cast, m, y, size);
        }
        if (!mask.passesAll()) {
          Parts.multiply(h, m, size);
        }
        multiplyBySlope(h, y, size);
        add(ds[part], db[part], h, x, size);
        if (dx != null) {
          Parts.multiply(h, all.scale, size);
          System.arraycopy(h, 0, dx, at, size);
        }
      }
    });
    int channels = inputs[1].size();
    return new float[][] {dx, total(tape, ds, channels), total(tape, db, channels),
      di == null ? null : new float[] {di.integerBits()},
      di == null || !ofWidth ? null : new float[] {di.width()}};
  }

  /** Computes x s + b in the place of x. */
  private static void scaleAndShift(float[] x, float[] scale, float[] shift, int count) {
    for (int i = 0; i < count; i++) {
      x[i] = x[i] * scale[i] + shift[i];
    }
  }

  /** Computes a(y) in the place of y. */
  private void activate(float[] y, int count) {
    if (relu) {
      for (int i = 0; i < count; i++) {
        y[i] = Math.max(y[i], 0);
      }
    }
  }

  /** Multiplies gradients by a' at what it gave, in place. */
  private void multiplyBySlope(float[] g, float[] activated, int count) {
    if (relu) {
      for (int i = 0; i < count; i++) {
        // 0 or 1 without a branch, which C2 would not vectorise.
        g[i] *= Math.signum(activated[i]);
      }
    }
  }

  private static void add(double[] ds, double[] db, float[] h, float[] x, int count) {
    for (int i = 0; i < count; i++) {
      double gradient = h[i];
      ds[i] += gradient * x[i];
      db[i] += gradient;
    }
  }

  /** Adds up the parts in order, and the repetitions of a channel in order. */
  private static float[] total(Tape tape, double[][] parts, int channels) {
    double[] sums = new double[channels];
    for (double[] part : parts) {
      for (int i = 0; i < part.length; i++) {
        sums[i % channels] += part[i];
      }
    }
    float[] total = tape.floats(channels);
    for (int c = 0; c < channels; c++) {
      total[c] = (float) sums[c];
    }
    return total;
  }
}
