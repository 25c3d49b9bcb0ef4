package io.fixlane.kernels.lanes;

import org.jspecify.annotations.Nullable;

final class VectorCanary {
  static @Nullable String complaint(int bits) { return null; }
}
