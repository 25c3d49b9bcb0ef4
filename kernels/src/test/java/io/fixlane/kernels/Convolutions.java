package io.fixlane.kernels;

import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Provide;
import net.jqwik.api.domains.DomainContextBase;

/** Random small convolutions: dense, grouped, depthwise and pointwise ones, padded in any way. */
final class Convolutions extends DomainContextBase {

  private record Channels(int channels, int outputs, int groups) {}

  /** How the kernel lies along one side of the image. */
  private record Side(int size, int kernel, int stride, int before, int after, int dilation) {}

  /** What decides where the last place is. */
  private enum End {
    FLOOR, CEIL, SAME, SAME_LOWER;

    Window of(Window window, ImageShape image) {
      return switch (this) {
        case FLOOR -> window;
        case CEIL -> window.ceil();
        case SAME -> window.samePadding(image);
        case SAME_LOWER -> window.samePaddingLower(image);
      };
    }
  }

  @Provide
  static Arbitrary<Convolution> convolutions() {
    return Combinators.combine(channels(), side(), side(), Arbitraries.of(Layout.class),
        Arbitraries.of(End.FLOOR, End.FLOOR, End.CEIL, End.CEIL, End.SAME, End.SAME_LOWER))
        .as((c, y, x, layout, end) -> {
          ImageShape image = new ImageShape(y.size, x.size, c.channels, layout);
          Window window = Window.of(y.kernel, x.kernel).withStride(y.stride, x.stride)
              .withDilation(y.dilation, x.dilation)
              .withPadding(y.before, y.after, x.before, x.after);
          return new Convolution(image, c.outputs, end.of(window, image), c.groups);
        }).filter(Convolutions::fits);
  }

  private static boolean fits(Convolution conv) {
    try {
      conv.output();
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
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

  /** One side in four is that of a convolution that does no more than a matrix product. */
  private static Arbitrary<Side> side() {
    Arbitrary<Integer> sizes = Arbitraries.integers().between(1, 9);
    return Arbitraries.oneOf(
        sizes.map(size -> new Side(size, 1, 1, 0, 0, 1)),
        sides(sizes, 3),
        sides(sizes, 3),
        sides(sizes, 9));
  }

  private static Arbitrary<Side> sides(Arbitrary<Integer> sizes, int maxStride) {
    return Combinators.combine(sizes, Arbitraries.integers().between(1, 4),
        Arbitraries.integers().between(1, maxStride), Arbitraries.integers().between(0, 3),
        Arbitraries.integers().between(0, 3), Arbitraries.integers().between(1, 2)).as(Side::new);
  }
}
