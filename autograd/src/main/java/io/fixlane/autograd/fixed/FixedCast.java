package io.fixlane.autograd.fixed;

import io.fixlane.autograd.NonFiniteException;
import io.fixlane.autograd.Op;
import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.fixed.cast.CastOp;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.format.FixedFormat;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The cast of floats into a fixed-point format, with gradients for the numbers and for I, the place
 * of the binary point (arXiv 2401.17544). Its output has the format, and holds bit for bit what
 * {@link io.fixlane.kernels.Cast#fromFloat} gives.
 *
 * <p>I is a real number that is rounded when it is used. It is chosen from the first numbers that
 * come, unless the format gives it; where it is learned it is the parameter {@value #INTEGER_BITS},
 * else one of the statistics. With q = cast(x): dq/dx is 1, but 0 where q saturated unless
 * {@link GradientMode#PLAIN} is asked for; dq/dI is ln2 (q - x), but ln2 q where q saturated (0
 * with AP_SAT_ZERO).
 *
 * {@snippet class="io.fixlane.autograd.fixed.FixedCastExample" region="cast"}
 */
public final class FixedCast extends TapeLayer {
  /** The name of I among the parameters or the statistics. */
  public static final String INTEGER_BITS = "integerBits";

  private final TrainableFormat trainable;
  private final @Nullable Tensor learned;
  private final float[] integerBits;
  private final float[] started;
  private final float[] frozen;
  private StartRule startRule;
  /** The path by which a calibration knows the cast. */
  private String path = "";
  private @Nullable Consumer<float[]> observer;

  /** Makes the cast. */
  public FixedCast(TrainableFormat trainable) {
    this.trainable = trainable;
    float[] start = {trainable.format().integerBits()};
    this.learned = trainable.isLearned() ? parameter(INTEGER_BITS, start) : null;
    this.integerBits = learned == null ? statistics(INTEGER_BITS, start) : learned.data();
    this.startRule = trainable.start();
    boolean given = trainable.start() instanceof StartRule.Given;
    this.started = statistics("started", new float[] {given ? 1 : 0});
    this.frozen = statistics("frozen", new float[1]);
  }

  /** Returns what the format may become. */
  public TrainableFormat trainable() {
    return trainable;
  }

  /** Returns the format into which it casts now. */
  public FixedFormat format() {
    // NaN becomes 0 here; who checks the parameters sees it.
    int rounded = Math.round(integerBits[0]);
    return trainable.format()
        .withIntegerBits(Math.clamp(rounded, trainable.least(), trainable.most()));
  }

  /** Returns I as it is learned, before it is rounded. */
  public float integerBits() {
    return integerBits[0];
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
   * Ends the learning of I, which stays at the integer that it rounds to now. That it has ended is
   * one of the statistics, so that training which goes on from a checkpoint does not learn it on.
   */
  public void freeze() {
    integerBits[0] = format().integerBits();
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

  /** Chooses I from numbers. Where all are 0 it stays what it is. */
  private void start(String at, float[] numbers) {
    boolean known = false;
    for (int i = 0; i < numbers.length; i++) {
      if (!Float.isFinite(numbers[i])) {
        throw refused(at, "number " + i + " is " + numbers[i]
            + ": the binary point is chosen from finite numbers alone");
      }
      known |= numbers[i] != 0;
    }
    if (known) {
      try {
        integerBits[0] = startRule
            .integerBits(numbers, trainable.format(), trainable.least(), trainable.most());
      } catch (NonFiniteException e) {
        throw refused(at, e.getMessage());
      }
    }
    started[0] = 1;
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

  /** Applies an operation that casts, with I as the last input while it is learned. */
  Tensor apply(Tape tape, Op op, Tensor... inputs) {
    if (learned == null || frozen[0] != 0) {
      return tape.apply(op, inputs);
    }
    Tensor[] all = Arrays.copyOf(inputs, inputs.length + 1);
    all[inputs.length] = learned;
    return tape.apply(op, all);
  }
}
