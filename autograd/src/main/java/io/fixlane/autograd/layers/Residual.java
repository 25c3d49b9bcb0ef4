package io.fixlane.autograd.layers;

import io.fixlane.autograd.Tape;
import io.fixlane.autograd.Tensor;
import org.jspecify.annotations.Nullable;

/** The residual block: body(x) + shortcut(x), where the shortcut may be x itself. */
public final class Residual extends TapeLayer {
  private static final String BODY = "body";
  private static final String SHORTCUT = "shortcut";

  /** Makes the block whose shortcut is x itself. */
  public Residual(TapeLayer body) {
    this(body, null);
  }

  /**
   * Makes the block.
   *
   * @param body what is learned; its output has the shape of the shortcut's
   * @param shortcut what x goes through, as where the body changes its shape; null for nothing
   */
  public Residual(TapeLayer body, @Nullable TapeLayer shortcut) {
    layer(BODY, body);
    if (shortcut != null) {
      layer(SHORTCUT, shortcut);
    }
  }

  @Override
  public Tensor forward(Tape tape, Tensor x) {
    Tensor direct = layers().containsKey(SHORTCUT) ? forward(tape, SHORTCUT, x) : x;
    return tape.add(forward(tape, BODY, x), direct);
  }
}
