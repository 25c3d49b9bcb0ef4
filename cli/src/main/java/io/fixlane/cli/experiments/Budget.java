package io.fixlane.cli.experiments;

import java.util.List;

/**
 * What decides about each result, the same for every row.
 *
 * @param data the images, as {@code --data} names them
 * @param trainImages how many images each epoch has, the first of the training set
 * @param testImages on how many images the final accuracy is measured, the first of the test set
 * @param curveImages on how many of these it is measured after each epoch
 * @param startEpochs the epochs in float that all rows of a seed share
 * @param epochs the epochs after these, in float or in fixed point
 * @param settledEpochs the last ones of these, in which fixed-point networks are settled
 * @param batchSize images of a step
 * @param settleImages images from which statistics are taken and I is calibrated
 * @param startRate the learning rate of the shared epochs
 * @param rate the learning rate of the epochs after these
 * @param bits the widths W that are compared, from the largest on
 * @param least the smallest I that is learned
 * @param most the largest
 */
record Budget(
    String data,
    int trainImages,
    int testImages,
    int curveImages,
    int startEpochs,
    int epochs,
    int settledEpochs,
    int batchSize,
    int settleImages,
    double startRate,
    double rate,
    List<Integer> bits,
    int least,
    int most) {
  private static final int LEAST = -8;
  private static final int MOST = 8;

  /** Returns the budget that the experiments ask for; of a small data set all images. */
  static Budget full(String data) {
    return new Budget(
        data, 6000, 10_000, 1000, 3, 3, 1, 64, 256, 0.01, 0.005, List.of(8, 6, 5, 4), LEAST, MOST);
  }

  /** Returns a budget that shows that everything works. */
  static Budget quick(String data) {
    return new Budget(
        data, 800, 1000, 300, 3, 3, 1, 32, 256, 0.01, 0.005, List.of(8, 4), LEAST, MOST);
  }

  /** Returns the budget for a data set that may have fewer images. */
  Budget within(int train, int test) {
    return new Budget(
        data, Math.min(trainImages, train), Math.min(testImages, test),
        Math.min(curveImages, test), startEpochs, epochs, settledEpochs, batchSize,
        Math.min(settleImages, train), startRate, rate, bits, least, most);
  }

  /** Returns the budget with another number of images in an epoch. */
  Budget withTrainImages(int count) {
    return new Budget(
        data, count, testImages, curveImages, startEpochs, epochs, settledEpochs, batchSize,
        settleImages, startRate, rate, bits, least, most);
  }

  /** Returns the smallest W. */
  int fewest() {
    return bits.getLast();
  }
}
