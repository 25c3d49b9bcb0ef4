package io.fixlane.djl;

/**
 * Where the pixels of a resized row or column come from: each is a mixture of neighbours.
 *
 * @param first for each new pixel, the first old one
 * @param weights for each new pixel, how much of it and of those behind it there is, in all 1
 */
record Resampling(int[] first, float[][] weights) {
  /** Returns the mixtures that are the old pixel in which a new one begins. */
  static Resampling nearest(int from, int to) {
    int[] first = new int[to];
    float[][] weights = new float[to][];
    float scale = (float) from / to;
    for (int i = 0; i < to; i++) {
      first[i] = Math.min((int) (i * scale), from - 1);
      weights[i] = new float[] {1};
    }
    return new Resampling(first, weights);
  }

  /**
   * Returns the mixtures of the pixels around the middle of a new one, the nearer the more. They
   * reach one pixel far, and a new pixel where that is larger, so that no old one is left out.
   */
  static Resampling linear(int from, int to) {
    int[] first = new int[to];
    float[][] weights = new float[to][];
    float scale = (float) from / to;
    float reach = Math.max(scale, 1);
    for (int i = 0; i < to; i++) {
      float middle = scale * (i + 0.5f);
      first[i] = Math.max((int) (middle - reach + 0.5f), 0);
      int end = Math.min((int) (middle + reach + 0.5f), from);
      weights[i] = new float[end - first[i]];
      float sum = 0;
      for (int k = 0; k < weights[i].length; k++) {
        float distance = Math.abs(first[i] + k + 0.5f - middle);
        weights[i][k] = Math.max(0, 1 - distance / reach);
        sum += weights[i][k];
      }
      for (int k = 0; k < weights[i].length; k++) {
        weights[i][k] /= sum;
      }
    }
    return new Resampling(first, weights);
  }

  /**
   * Resizes one dimension.
   *
   * @param values blocks of a row of old pixels each
   * @param from how many old pixels a block has
   * @param stride how many numbers a pixel has, of which each is mixed with its likes
   * @return blocks of a row of new pixels each
   */
  float[] resize(float[] values, int from, int stride) {
    int to = first.length;
    int blocks = values.length / (from * stride);
    float[] resized = new float[blocks * to * stride];
    for (int block = 0; block < blocks; block++) {
      for (int pixel = 0; pixel < to; pixel++) {
        int source = (block * from + first[pixel]) * stride;
        int target = (block * to + pixel) * stride;
        for (int i = 0; i < stride; i++) {
          float sum = 0;
          for (int k = 0; k < weights[pixel].length; k++) {
            sum += weights[pixel][k] * values[source + k * stride + i];
          }
          resized[target + i] = sum;
        }
      }
    }
    return resized;
  }
}
