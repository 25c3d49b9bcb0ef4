package io.fixlane.autograd.fixed.cast;

/** The numbers of a channel, of tensors in which channels come last. */
public final class Channels {
  private Channels() {}

  /** Returns the numbers of a channel in order; the tensor itself where there is but one. */
  public static float[] column(float[] numbers, int channel, int channels) {
    if (channels == 1) {
      return numbers;
    }
    float[] column = new float[numbers.length / channels];
    for (int i = 0; i < column.length; i++) {
      column[i] = numbers[i * channels + channel];
    }
    return column;
  }

  /** Writes the numbers of a channel. */
  static void setColumn(float[] column, float[] numbers, int channel, int channels) {
    for (int i = 0; i < column.length; i++) {
      numbers[i * channels + channel] = column[i];
    }
  }
}
