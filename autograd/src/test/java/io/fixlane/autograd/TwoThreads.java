package io.fixlane.autograd;

/** Workers that all tests share. */
final class TwoThreads {
  static final Workers WORKERS = Workers.of(2);

  private TwoThreads() {}
}
