package io.fixlane.autograd;

import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import java.util.Random;

/** Random windows that fit in an image, padded on each side, for the tests of what slides. */
public final class RandomWindows {
  private RandomWindows() {}

  /** Returns the window of a convolution. */
  public static Window convolution(Random random, int height, int width) {
    while (true) {
      Window window = any(random).withDilation(1 + random.nextInt(2), 1 + random.nextInt(2))
          .withPadding(
              random.nextInt(3), random.nextInt(3), random.nextInt(3), random.nextInt(3));
      window = ended(random, window, height, width);
      if (fits(window, height, width)) {
        return window;
      }
    }
  }

  /** Returns the window of a pooling. */
  public static Window pooling(Random random, int height, int width) {
    while (true) {
      Window window = any(random);
      int y = window.kernelHeight();
      int x = window.kernelWidth();
      window = ended(random, window.withPadding(
          random.nextInt(y), random.nextInt(y), random.nextInt(x), random.nextInt(x)), height,
          width);
      if (fits(window, height, width)) {
        return window;
      }
    }
  }

  private static Window any(Random random) {
    return Window.of(1 + random.nextInt(3), 1 + random.nextInt(3))
        .withStride(1 + random.nextInt(3), 1 + random.nextInt(3));
  }

  private static Window ended(Random random, Window window, int height, int width) {
    return switch (random.nextInt(4)) {
      case 0 -> window.samePadding(ImageShape.of(height, width, 1));
      case 1 -> window.samePaddingLower(ImageShape.of(height, width, 1));
      case 2 -> window.ceil();
      default -> window;
    };
  }

  private static boolean fits(Window w, int height, int width) {
    return (w.kernelHeight() - 1) * w.dilationY() < height + w.paddingTop() + w.paddingBottom()
        && (w.kernelWidth() - 1) * w.dilationX() < width + w.paddingLeft() + w.paddingRight();
  }
}
