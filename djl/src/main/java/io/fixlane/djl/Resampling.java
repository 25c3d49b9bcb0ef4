package io.fixlane.djl;

/**
 * Where the pixels of a resized row or column come from: each is a mixture of two.
 *
 * @param low for each new pixel, the first old one
 * @param high the second
 * @param weight how much of the second there is in it, 0 to 1
 */
record Resampling(int[] low, int[] high, float[] weight) {
  /**
   * Returns the mixtures of a size.
   *
   * @param from how many old pixels there are
   * @param to how many new ones there are to be
   * @param smooth whether the middle of a new pixel is looked up between the middles of old ones;
   *     else each is the old one that its start lies in
   */
  static Resampling of(int from, int to, boolean smooth) {
    int[] low = new int[to];
    int[] high = new int[to];
    float[] weight = new float[to];
    float scale = (float) from / to;
    for (int i = 0; i < to; i++) {
      float place = smooth ? Math.max(0, scale * (i + 0.5f) - 0.5f) : i * scale;
      low[i] = Math.min((int) place, from - 1);
      high[i] = smooth ? Math.min(low[i] + 1, from - 1) : low[i];
      weight[i] = smooth ? Math.min(1, place - low[i]) : 0;
    }
    return new Resampling(low, high, weight);
  }

  /** Returns the mixture that a new pixel is. */
  float mix(int pixel, float first, float second) {
    return (1 - weight[pixel]) * first + weight[pixel] * second;
  }
}
