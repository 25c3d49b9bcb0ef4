package io.fixlane.cli.experiments;

import io.fixlane.autograd.data.Augmentation;
import io.fixlane.autograd.models.Model;
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
 * @param widthEpochs the epochs after the shared ones where widths are learned, and of the one W
 *     everywhere beside them
 * @param batchSize images of a step
 * @param settleImages images from which statistics are taken and I is calibrated
 * @param startRate the learning rate of the shared epochs
 * @param rate the learning rate of the epochs after these
 * @param augmentation how images are changed while training
 * @param models the networks that are compared, the ablations' first
 * @param binarised the binarised network
 * @param bits the widths W that are compared, from the largest on
 * @param handBits those of them at which types by hand and I by channel are compared too
 * @param costBits the W everywhere whose costs networks with learned widths are held to
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
    int widthEpochs,
    int batchSize,
    int settleImages,
    double startRate,
    double rate,
    Augmentation augmentation,
    List<Model> models,
    Model binarised,
    List<Integer> bits,
    List<Integer> handBits,
    List<Integer> costBits,
    int least,
    int most) {
  private static final int SMALLER_STEPS = 3;
  private static final int LEAST = -8;
  private static final int MOST = 8;
  private static final List<Integer> COSTS = List.of(6, 5, 4, 3, 2);
  private static final List<Model> MODELS = List.of(Model.CNN, Model.RESNET8);

  /** Returns the budget that the experiments ask for; of a small data set all images. */
  static Budget full(String data) {
    List<Integer> bits = List.of(8, 6, 5, 4);
    return new Budget(
        data, 6000, 10_000, 1000, 3, 3, 1, 8, 64, 256, 0.01, 0.005, Augmentation.NONE, MODELS,
        Model.BNN, bits, bits, COSTS, LEAST, MOST);
  }

  /**
   * Returns the budget for photographs in colour, which take more images to learn: most of the
   * epochs are those that all rows of a seed share.
   */
  static Budget colour(String data) {
    List<Integer> bits = List.of(8, 6, 5, 4, 3);
    return new Budget(
        data, 10_000, 10_000, 1000, 20, 4, 1, 8, 64, 512, 0.01, 0.003, new Augmentation(4, true),
        List.of(Model.RESNET8, Model.VGG), Model.BINARY_VGG, bits, bits, COSTS,
        LEAST, MOST);
  }

  /** Returns a budget that shows that everything works. */
  static Budget quick(String data) {
    List<Integer> bits = List.of(8, 4);
    return new Budget(
        data, 800, 1000, 300, 3, 3, 1, 3, 32, 256, 0.01, 0.005, Augmentation.NONE, MODELS,
        Model.BNN,
        bits, List.of(4), List.of(3), LEAST, MOST);
  }

  /** Returns the budget for a data set that may have fewer images. */
  Budget within(int train, int test) {
    return new Budget(
        data, Math.min(trainImages, train), Math.min(testImages, test),
        Math.min(curveImages, test), startEpochs, epochs, settledEpochs, widthEpochs, batchSize,
        Math.min(settleImages, train), startRate, rate, augmentation, models, binarised, bits,
        handBits, costBits, least, most);
  }

  /** Returns the budget with another number of images in an epoch. */
  Budget withTrainImages(int count) {
    return new Budget(
        data, count, testImages, curveImages, startEpochs, epochs, settledEpochs, widthEpochs,
        batchSize,
        settleImages, startRate, rate, augmentation, models, binarised, bits, handBits, costBits,
        least, most);
  }

  /** Returns whether rows come to the same with another budget, which may have other rows. */
  boolean givesTheResultsOf(Budget other) {
    return new Budget(
        other.data, other.trainImages, other.testImages, other.curveImages, other.startEpochs,
        other.epochs, other.settledEpochs, other.widthEpochs, other.batchSize, other.settleImages,
        other.startRate,
        other.rate, other.augmentation, models, binarised, bits, handBits, costBits, other.least,
        other.most).equals(this);
  }

  /** Returns how many epochs a row trains after the shared ones. */
  int epochs(Row row) {
    return row.isOfWidths() ? widthEpochs : epochs;
  }

  /**
   * Returns the learning rate of weights after the shared epochs. Where norms are folded, none is
   * there to take back what a step does to the size of a channel: steps are smaller.
   */
  double rate(Row row) {
    return row.has(Setting.FOLDED_NORMS) ? rate / SMALLER_STEPS : rate;
  }

  /** Returns the smallest W. */
  int fewest() {
    return bits.getLast();
  }
}
