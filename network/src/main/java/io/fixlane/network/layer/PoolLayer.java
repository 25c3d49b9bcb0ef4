package io.fixlane.network.layer;

import io.fixlane.format.FixedFormat;
import io.fixlane.shape.Window;
import java.util.Objects;

/**
 * The largest word under a kernel, or an average.
 *
 * @param name the name
 * @param window how the kernel moves, without dilation; its padding is smaller than it
 * @param function what becomes of the words under it
 */
public record PoolLayer(String name, Window window, Function function) implements Layer {
  /** Makes the layer. */
  public PoolLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(window, "window");
    Objects.requireNonNull(function, "function");
  }

  /** What becomes of the words under a kernel. */
  public sealed interface Function {}

  /** The largest, in the format that it has; padding never is. */
  public record Max() implements Function {}

  /**
   * Their average.
   *
   * @param paddingCounts whether padding counts as zeros, and the sum is divided by the size of the
   *     kernel everywhere; else by the number of words in the image
   * @param result what the exact quotient is cast into
   */
  public record Average(boolean paddingCounts, FixedFormat result) implements Function {
    /** Makes the function. */
    public Average {
      Objects.requireNonNull(result, "result");
    }
  }
}
