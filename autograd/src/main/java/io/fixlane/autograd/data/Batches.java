package io.fixlane.autograd.data;

import java.util.Arrays;

/** The images of a data set in batches of the same size; the last one may be smaller. */
public final class Batches {
  private final Dataset dataset;
  private final int batchSize;
  private final int[] order;
  private final Augmentation augmentation;
  /** What changes of images are drawn from. */
  private final long seed;

  private Batches(
      Dataset dataset, int batchSize, int[] order, Augmentation augmentation, long seed) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("batchSize is " + batchSize + ": it must be at least 1");
    }
    this.dataset = dataset;
    this.batchSize = batchSize;
    this.order = order;
    this.augmentation = augmentation;
    this.seed = seed;
  }

  /**
   * Goes through the images in their own order.
   *
   * @throws IllegalArgumentException if the batch size is not positive
   */
  public static Batches inOrder(Dataset dataset, int batchSize) {
    return new Batches(
        dataset, batchSize, Shuffle.ascending(0, dataset.size()), Augmentation.NONE, 0);
  }

  /**
   * Goes through the images in an order that depends on the seed and the epoch alone, the same on
   * every machine.
   *
   * @throws IllegalArgumentException if the batch size is not positive
   */
  public static Batches shuffled(Dataset dataset, int batchSize, long seed, int epoch) {
    return shuffled(dataset, batchSize, seed, epoch, Augmentation.NONE);
  }

  /**
   * Goes through the images in such an order, each changed: how depends on the seed, the epoch and
   * the image alone.
   *
   * @throws IllegalArgumentException if the batch size is not positive
   */
  public static Batches shuffled(
      Dataset dataset, int batchSize, long seed, int epoch, Augmentation augmentation) {
    return new Batches(dataset, batchSize, Shuffle.order(dataset.size(), seed, epoch),
        augmentation, Shuffle.seed(seed, epoch));
  }

  /** Returns how many batches there are. */
  public int count() {
    return (order.length - 1) / batchSize + 1;
  }

  /** Makes a batch, counted from 0. */
  public Batch get(int index) {
    if (index < 0 || index >= count()) {
      throw new IndexOutOfBoundsException(
          "index is " + index + ": it must be in 0.." + (count() - 1));
    }
    int from = index * batchSize;
    int[] indices = Arrays.copyOfRange(order, from, Math.min(from + batchSize, order.length));
    return augmentation.equals(Augmentation.NONE)
        ? dataset.batch(indices)
        : dataset.batch(augmentation, seed, indices);
  }
}
