package io.fixlane.autograd.train;

import java.time.Duration;

/** Measures how fast training is. */
final class Clock {
  private final long start = System.nanoTime();
  private long images;

  void add(int more) {
    images += more;
  }

  private double seconds() {
    return Math.max(System.nanoTime() - start, 1) / 1e9;
  }

  double imagesPerSecond() {
    return images / seconds();
  }

  Duration timeFor(long count) {
    return Duration.ofMillis(Math.round(1e3 * count / imagesPerSecond()));
  }
}
