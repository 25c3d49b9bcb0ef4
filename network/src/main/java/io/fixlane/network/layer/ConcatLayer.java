package io.fixlane.network.layer;

import io.fixlane.format.FixedFormat;
import java.util.List;
import java.util.Objects;

/**
 * A block of two branches, each of which takes the block's input, and whose results lie side by
 * side: behind the channels of the first in every pixel, or behind its features, those of the
 * second. Every word is cast into the format of the result; one that has it already is copied. A
 * U-net is such a block in such a block: one branch gives the image on, the other makes it smaller,
 * has the inner block, and makes it larger again.
 *
 * @param name the name
 * @param first the layers of one branch; none gives the input on
 * @param second the layers of the other, none as well, but one of both has a layer
 * @param result the format of the result
 */
public record ConcatLayer(
    String name, List<Layer> first, List<Layer> second, FixedFormat result)
    implements BlockLayer {
  /** Makes the layer. */
  public ConcatLayer {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(first, "first");
    Objects.requireNonNull(second, "second");
    Objects.requireNonNull(result, "result");
    first = List.copyOf(first);
    second = List.copyOf(second);
  }

  @Override
  public List<Branch> branches() {
    return List.of(new Branch("first", first), new Branch("second", second));
  }
}
