package io.fixlane.arbitrary;

import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Layout;
import io.fixlane.shape.Window;
import java.util.Random;

/** Random small images and the windows that fit in them, padded and dilated, of every mode. */
public final class Windows {
  private Windows() {}

  /** An image, and a window that fits in it. */
  public record Problem(ImageShape image, Window window) {}

  public static Problem random(Random random, boolean pooling) {
    while (true) {
      ImageShape image = new ImageShape(1 + random.nextInt(6), 1 + random.nextInt(7),
          1 + random.nextInt(4), Layout.values()[random.nextInt(2)]);
      Window window = Window.of(1 + random.nextInt(3), 1 + random.nextInt(4))
          .withStride(1 + random.nextInt(4), 1 + random.nextInt(3));
      window = pooling
          ? window.withPadding(random.nextInt(window.kernelHeight()),
              random.nextInt(window.kernelHeight()), random.nextInt(window.kernelWidth()),
              random.nextInt(window.kernelWidth()))
          : window.withDilation(1 + random.nextInt(2), 1 + random.nextInt(2)).withPadding(
              random.nextInt(4), random.nextInt(4), random.nextInt(4), random.nextInt(4));
      window = switch (random.nextInt(6)) {
        case 0 -> window.samePadding(image);
        case 1 -> window.samePaddingLower(image);
        case 2, 3 -> window.ceil();
        default -> window;
      };
      if (fits(image, window)) {
        return new Problem(image, window);
      }
    }
  }

  private static boolean fits(ImageShape image, Window w) {
    int more = w.ceilMode() ? 1 : 0;
    return (w.kernelHeight() - 1) * w.dilationY() < image.height() + w.paddingTop()
        + w.paddingBottom() + more * (w.strideY() - 1)
        && (w.kernelWidth() - 1) * w.dilationX() < image.width() + w.paddingLeft()
            + w.paddingRight() + more * (w.strideX() - 1);
  }
}
