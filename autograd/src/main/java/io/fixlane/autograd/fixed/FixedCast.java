package io.fixlane.autograd.fixed;

import io.fixlane.autograd.NonFiniteException;
import io.fixlane.autograd.Op;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.fixed.cast.CastOp;
import io.fixlane.autograd.fixed.cast.ChannelCastOp;
import io.fixlane.autograd.fixed.cast.Channels;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.format.FixedFormat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cast of floats into a fixed-point format, with gradients for the numbers and for I, the place
 * of the binary point (arXiv 2401.17544). Its output has the format, and holds bit for bit what
 * {@link io.fixlane.kernels.Cast#fromFloat} gives.
 *
 * <p>Each channel may have an I of its own, as constants can: their words of W bits, moved to where
 * their binary points meet, are words of one wider format, which costs wires alone in hardware.
 * That one the output has then.
 *
 * <p>I is a real number that is rounded when it is used. It is chosen from the first numbers that
 * come, unless the format gives it; where it is learned it is the parameter {@value #INTEGER_BITS},
 * else one of the statistics. With q = cast(x): dq/dx is 1, but 0 where q saturated unless
 * {@link GradientMode#PLAIN} is asked for; dq/dI is ln2 (q - x), but ln2 q where q saturated (0
 * with AP_SAT_ZERO).
 *
 * <p>W too may be learned, as a real number that is rounded, the parameter {@value #WIDTH}. With I
 * as it is, dq/dW is ln2 (x - q), and where q saturated ln2 of the step by which that end of the
 * range is short of a power of two.
 *
 * {@snippet class="io.fixlane.autograd.fixed.FixedCastExample" region="cast"}
 */
public final class FixedCast extends TapeLayer {
  /** The name of I among the parameters or the statistics. */
  public static final String INTEGER_BITS = "integerBits";
  /** The name of W among the parameters, where it is learned. */
  public static final String WIDTH = "width";

  private final TrainableFormat trainable;
  private final @Nullable Tensor learned;
  private final float[] integerBits;
  private final @Nullable Tensor learnedWidth;
  private final float[] started;
  private final float[] frozen;
  private StartRule startRule;
  /** The path by which a calibration knows the cast. */
  private String path = "";
  private @Nullable Consumer<float[]> observer;

  /** Makes the cast. */
  public FixedCast(TrainableFormat trainable) {
    this(trainable, 1);
  }

  /**
   * Makes the cast of tensors of which each channel, which come last, has an I of its own.
   *
   * @param channels how many there are; 1 for tensors with one I, of whatever shape
   * @throws IllegalArgumentException if it is not positive
   */
  public FixedCast(TrainableFormat trainable, int channels) {
    if (channels < 1) {
      throw new IllegalArgumentException("channels is " + channels + ": it must be at least 1");
    }
    this.trainable = trainable;
    float[] start = new float[channels];
    Arrays.fill(start, trainable.format().integerBits());
    int[] shape = channels == 1 ? new int[0] : new int[] {channels};
    this.learned = trainable.isLearned() ? parameter(INTEGER_BITS, start, shape) : null;
    this.integerBits = learned == null ? statistics(INTEGER_BITS, start) : learned.data();
    float[] widest = new float[channels];
    Arrays.fill(widest, trainable.format().width());
    this.learnedWidth =
        trainable.isWidthLearned() ? parameter(WIDTH, widest, shape) : null;
    this.startRule = trainable.start();
    boolean given = trainable.start() instanceof StartRule.Given;
    this.started = statistics("started", new float[] {given ? 1 : 0});
    this.frozen = statistics("frozen", new float[1]);
  }

  /** Returns what the format may become. */
  public TrainableFormat trainable() {
    return trainable;
  }

  /**
   * Returns the format of what it casts now. Where channels have formats of their own, it is the
   * narrowest that has the values of all.
   */
  public FixedFormat format() {
    List<FixedFormat> formats = formats();
    BitSet empty = empty();
    boolean isEmpty = empty.cardinality() == formats.size();
    int integer = Integer.MIN_VALUE;
    int fraction = Integer.MIN_VALUE;
    for (int c = 0; c < formats.size(); c++) {
      if (isEmpty || !empty.get(c)) {
        integer = Math.max(integer, formats.get(c).integerBits());
        fraction = Math.max(fraction, formats.get(c).fractionBits());
      }
    }
    return trainable.format().withBits(integer + fraction, integer);
  }

  /**
   * Returns the formats into which it casts the channels now, one bit for those of none; one format
   * if all have the same. What is so far below the largest that a float does not hold the words of
   * both is as far below as it may be.
   */
  List<FixedFormat> formats() {
    int[] points = new int[integerBits.length];
    int largest = Integer.MIN_VALUE;
    for (int c = 0; c < points.length; c++) {
      // NaN becomes 0 here; who checks the parameters sees it.
      points[c] =
          Math.clamp(Math.round(integerBits[c]), trainable.least(), trainable.most());
      largest = Math.max(largest, points[c]);
    }
    List<FixedFormat> formats = new ArrayList<>();
    for (int c = 0; c < points.length; c++) {
      int width = Math.max(1, width(c));
      int point = Math.max(points[c], largest - Tensor.MAX_WIDTH + width);
      formats.add(trainable.format().withBits(width, point));
    }
    return formats;
  }

  /** Returns how many channels have a format of their own; 1 where all have the same. */
  public int channels() {
    return integerBits.length;
  }

  /**
   * Chooses I by hand, of all channels, in the place of what was calibrated or learned.
   *
   * @throws IllegalArgumentException if the format's range does not hold it
   */
  public void choose(int newIntegerBits) {
    if (newIntegerBits < trainable.least() || newIntegerBits > trainable.most()) {
      throw new IllegalArgumentException("newIntegerBits is " + newIntegerBits
          + ": it must be in " + trainable.least() + ".." + trainable.most());
    }
    Arrays.fill(integerBits, newIntegerBits);
    started[0] = 1;
  }

  /** Returns the W of a channel now: 0 where all its numbers become 0. */
  public int width(int channel) {
    int most = trainable.format().width();
    return learnedWidth == null
        ? most
        : Math.clamp(Math.round(learnedWidth.data()[channel]), trainable.leastWidth(), most);
  }

  /** Returns the W of the channels before they are rounded; null where they are not learned. */
  @Nullable
  Tensor learnedWidth() {
    return learnedWidth;
  }

  private BitSet empty() {
    BitSet empty = new BitSet();
    for (int c = 0; c < integerBits.length; c++) {
      empty.set(c, width(c) == 0);
    }
    return empty;
  }

  /** Returns I as it is learned, before it is rounded: the largest of the channels. */
  public float integerBits() {
    float largest = integerBits[0];
    for (float bits : integerBits) {
      largest = Math.max(largest, bits);
    }
    return largest;
  }

  /** Returns whether I has been chosen. */
  public boolean isStarted() {
    return started[0] != 0;
  }

  /**
   * Forgets the choice of I: the next numbers make it, by a rule. An I that the format gives stays.
   */
  public void restart(StartRule rule) {
    restart(rule, path);
  }

  /** Forgets the choice of I, and takes a path that errors tell. */
  void restart(StartRule rule, String newPath) {
    path = newPath;
    if (!(trainable.start() instanceof StartRule.Given)) {
      started[0] = 0;
      startRule = rule;
    }
  }

  /**
   * Ends the learning of I and W, which stay at the integers that they round to now. That it has
   * ended is one of the statistics, so that training which goes on from a checkpoint does not learn
   * them on.
   */
  public void freeze() {
    List<FixedFormat> formats = formats();
    for (int c = 0; c < integerBits.length; c++) {
      integerBits[c] = formats.get(c).integerBits();
      if (learnedWidth != null) {
        learnedWidth.data()[c] = width(c);
      }
    }
    frozen[0] = 1;
  }

  /**
   * Shows the numbers that come to an observer, before they are cast; it must not change them.
   *
   * @param newObserver takes the numbers; null to show them to none
   */
  public void observe(@Nullable Consumer<float[]> newObserver) {
    observer = newObserver;
  }

  /** Chooses each I from the numbers of its channel. Where all are 0 it stays what it is. */
  private void start(String at, float[] numbers) {
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        throw refused(at, "number " + i + " is " + numbers[i]
            + ": the binary point is chosen from finite numbers alone");
      }
    }
    int channels = integerBits.length;
    for (int c = 0; c < channels; c++) {
      float[] own = Channels.column(numbers, c, channels);
      for (float number : own) {
        if (number != 0) {
          integerBits[c] = started(at, own);
          break;
        }
      }
    }
    started[0] = 1;
  }

  private int started(String at, float[] numbers) {
    try {
      return startRule
          .integerBits(numbers, trainable.format(), trainable.least(), trainable.most());
    } catch (NonFiniteException e) {
      throw refused(at, e.getMessage());
    }
  }

  private NonFiniteException refused(String at, String reason) {
    String name = path.isEmpty() ? at : path;
    return new NonFiniteException(name.isEmpty() ? reason : "cast " + name + ": " + reason);
  }

  /**
   * Casts numbers.
   *
   * @throws NonFiniteException if a number has no meaning in the format: it is NaN, or infinite
   *     where the format wraps; or if I is to be chosen, and one is not finite or no I reaches it
   */
  @Override
  public Tensor forward(Tape tape, Tensor x) {
    return forward(tape, x, null);
  }

  /**
   * Casts numbers of which x holds but the nearest floats.
   *
   * @param exact computes what the cast into a format gives, from exact words; null to cast x
   */
  Tensor forward(Tape tape, Tensor x, @Nullable Function<FixedFormat, float[]> exact) {
    startFrom(tape, () -> x);
    FixedFormat format = format();
    if (integerBits.length > 1) {
      return apply(
          tape, new ChannelCastOp(
              format, formats(), empty(), trainable.passesEverywhere()),
          x);
    }
    return apply(tape, new CastOp(
        format, trainable.passesEverywhere(), exact == null ? null : exact.apply(format)), x);
  }

  /** Chooses I from numbers, unless it has been chosen, and shows them to the observer. */
  void startFrom(Tape tape, Supplier<Tensor> numbers) {
    if (isStarted() && observer == null) {
      return;
    }
    float[] data = numbers.get().data();
    if (!isStarted()) {
      start(tape.layer(), data);
    }
    if (observer != null) {
      observer.accept(data);
    }
  }

  /** Applies an operation that casts, with I and W as the last inputs while they are learned. */
  Tensor apply(Tape tape, Op op, Tensor... inputs) {
    if (learned == null || frozen[0] != 0) {
      return tape.apply(op, inputs);
    }
    List<Tensor> all = new ArrayList<>(List.of(inputs));
    all.add(learned);
    if (learnedWidth != null) {
      all.add(learnedWidth);
    }
    return tape.apply(op, all.toArray(Tensor[]::new));
  }
}
