package io.fixlane.reference;

import io.fixlane.format.FixedFormat;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds the products of a layer:
 * {@code ACC s = bias; s += ...; if (relu && s < 0) s = 0; OUT z = s;}.
 *
 * @param accumulator ACC; every step {@code s += e} is a cast of the exact sum into it
 * @param relu whether a negative sum becomes 0
 * @param output OUT
 */
public record ReferenceStage(FixedFormat accumulator, boolean relu, FixedFormat output) {
  /** Makes the stage. */
  public ReferenceStage {
    Objects.requireNonNull(accumulator, "accumulator");
    Objects.requireNonNull(output, "output");
  }

  Fixed start(@Nullable List<Fixed> bias, int index) {
    return bias == null ? Fixed.ofRaw(accumulator, 0) : bias.get(index).cast(accumulator);
  }

  Fixed step(Fixed sum, Fixed product) {
    return sum.plus(product).cast(accumulator);
  }

  Fixed finish(Fixed sum) {
    return relu && sum.raw().signum() < 0 ? Fixed.ofRaw(output, 0) : sum.cast(output);
  }
}
