package io.fixlane.djl;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a model is loaded with: {@code optOption} of a {@code Criteria}, or {@code option.} in a
 * file {@code serving.properties}.
 *
 * @param layout how images lie, {@code NCHW} or {@code NHWC}; null where their shape is to tell
 * @param inputFormat the format of the words that come in, for a model of ONNX that does not say
 *     it; null where it does
 */
record ModelOptions(@Nullable ImageLayout layout, @Nullable FixedFormat inputFormat) {
  /**
   * Takes the options of a model; what is not of this engine is left to others.
   *
   * @throws IllegalArgumentException if one has a value that it cannot have
   */
  static ModelOptions of(@Nullable Map<String, ?> options) {
    Object layout = options == null ? null : options.get("layout");
    Object format = options == null ? null : options.get("inputFormat");
    return new ModelOptions(layout == null ? null : layout(layout.toString()),
        format == null ? null : format(format.toString()));
  }

  private static ImageLayout layout(String name) {
    ImageLayout layout = ImageLayout.named(name);
    if (layout == null) {
      throw new IllegalArgumentException(
          "the option layout is " + name + ": it must be NCHW or NHWC");
    }
    return layout;
  }

  private static FixedFormat format(String text) {
    try {
      return FixedFormat.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the option inputFormat is no format: " + e.getMessage(),
          e);
    }
  }

  /**
   * Returns these options, for a network.
   *
   * @throws IllegalArgumentException if they say how images lie, and it takes none
   */
  ModelOptions requireFor(Network network) {
    if (layout == ImageLayout.NCHW && network.inputShape().length != 3) {
      throw new IllegalArgumentException("the option layout is NCHW, and the network takes "
          + network.inputType() + ": only images have channels first");
    }
    return this;
  }
}
