package io.fixlane.kernels;

import io.fixlane.kernels.ConvShape.Layout;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Random shapes of small convolutions: dense, grouped, depthwise and pointwise ones. */
final class ConvShapes extends DomainContextBase {

  private record Channels(int channels, int outputs, int groups) {}

  /** How the kernel lies along one side of the image. */
  private record Side(int size, int kernel, int stride, int padding, int dilation) {
    boolean fits() {
      return (kernel - 1) * dilation + 1 <= size + 2 * padding;
    }
  }

  @Provide
  static Arbitrary<ConvShape> shapes() {
    return Combinators.combine(channels(), side(), side(), Arbitraries.of(Layout.class))
        .as((c, y, x, layout) -> new ConvShape(c.channels, y.size, x.size, c.outputs, y.kernel,
            x.kernel, y.stride, x.stride, y.padding, x.padding, y.dilation, x.dilation, c.groups,
            layout));
  }

  /** Depthwise convolutions are wide enough for several vectors. */
  private static Arbitrary<Channels> channels() {
    Arbitrary<Integer> few = Arbitraries.integers().between(1, 6);
    return Arbitraries.oneOf(
        Combinators.combine(Arbitraries.integers().between(1, 14),
            Arbitraries.integers().between(1, 20)).as((c, o) -> new Channels(c, o, 1)),
        Combinators.combine(Arbitraries.integers().between(1, 5),
            Arbitraries.integers().between(60, 90)).as((c, o) -> new Channels(c, o, 1)),
        Combinators.combine(few, few, few).as((c, o, g) -> new Channels(c * g, o * g, g)),
        Arbitraries.integers().between(2, 70).map(c -> new Channels(c, c, c)));
  }

  /** One side in three is that of a convolution that does no more than a matrix product. */
  private static Arbitrary<Side> side() {
    Arbitrary<Integer> sizes = Arbitraries.integers().between(1, 9);
    return Arbitraries.oneOf(
        sizes.map(size -> new Side(size, 1, 1, 0, 1)),
        sides(sizes, 3),
        sides(sizes, 3),
        sides(sizes, 9)).filter(Side::fits);
  }

  private static Arbitrary<Side> sides(Arbitrary<Integer> sizes, int maxStride) {
    return Combinators.combine(sizes, Arbitraries.integers().between(1, 4),
        Arbitraries.integers().between(1, maxStride), Arbitraries.integers().between(0, 3),
        Arbitraries.integers().between(1, 2)).as(Side::new);
  }
}
