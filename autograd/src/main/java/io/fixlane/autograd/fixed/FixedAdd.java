package io.fixlane.autograd.fixed;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.layers.TapeLayer;
import org.jspecify.annotations.Nullable;

/**
 * The shortcut in fixed-point arithmetic: cast(body(x) + shortcut(x)), or cast(max(body(x) +
 * shortcut(x), 0)), where the shortcut may be x itself.
 */
public final class FixedAdd extends TapeLayer {
  static final String BODY = "body";
  static final String SHORTCUT = "shortcut";

  private final TapeLayer body;
  private final @Nullable TapeLayer shortcut;
  private final Activation activation;
  private final FixedCast outputCast;

  /**
   * Makes the block.
   *
   * @param body what is learned; its output has the shape of the shortcut's
   * @param shortcut what x goes through; null for nothing
   * @param output the format of the sum
   */
  public FixedAdd(TapeLayer body, @Nullable TapeLayer shortcut, TrainableFormat output) {
    this(body, shortcut, Activation.NONE, output);
  }

  /**
   * Makes the block.
   *
   * @param body what is learned; its output has the shape of the shortcut's
   * @param shortcut what x goes through; null for nothing
   * @param activation what happens to the sum before its cast
   * @param output the format of what is left
   */
  public FixedAdd(TapeLayer body, @Nullable TapeLayer shortcut, Activation activation,
      TrainableFormat output) {
    this.body = layer(BODY, body);
    this.shortcut = shortcut == null ? null : layer(SHORTCUT, shortcut);
    this.activation = activation;
    this.outputCast = layer("outputCast", new FixedCast(output));
  }

  /** Returns what is learned. */
  public TapeLayer body() {
    return body;
  }

  /** Returns what x goes through; null for nothing. */
  public @Nullable TapeLayer shortcut() {
    return shortcut;
  }

  /** Returns what happens to the sum before its cast. */
  public Activation activation() {
    return activation;
  }

  /** Returns the cast of the output. */
  public FixedCast outputCast() {
    return outputCast;
  }

  /**
   * Computes the output.
   *
   * @throws IllegalArgumentException if a branch gives numbers without a format
   */
  @Override
  public Tensor forward(Tape tape, Tensor x) {
    Tensor direct = shortcut == null ? x : forward(tape, SHORTCUT, x);
    return FixedArithmetic.add(tape, forward(tape, BODY, x), direct, activation, outputCast);
  }
}
