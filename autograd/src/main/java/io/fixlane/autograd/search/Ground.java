package io.fixlane.autograd.search;

import io.fixlane.autograd.Tensor;
import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.fixed.Qfx;
import io.fixlane.autograd.layers.Sequential;
import io.fixlane.autograd.models.Model;
import java.io.Serializable;
import java.util.Arrays;
import java.util.LinkedHashMap;

/**
 * What all trials of a search stand on, as numbers that can be sent anywhere: a trained float
 * network, images and the rules of training.
 */
public final class Ground implements Serializable {
  private static final long serialVersionUID = 1;
  private static final double TRAIN_FRACTION = 0.8;

  private final Model model;
  private final LinkedHashMap<String, float[]> weights;
  private final Images train;
  private final Images choosing;
  private final Images test;
  private final int batchSize;
  private final float rate;
  private final boolean foldsNorms;

  /** The images of a data set. */
  private record Images(
      String name, int[] shape, int classes, float[] pixels, int[] labels) implements Serializable {
    static Images of(Dataset images) {
      int[] labels = new int[images.size()];
      Arrays.setAll(labels, images::label);
      return new Images(
          images.name(), images.imageShape(), images.classes(), images.images(), labels);
    }

    Dataset dataset() {
      return new Dataset(name, shape, classes, pixels, labels);
    }
  }

  private Ground(Model model, LinkedHashMap<String, float[]> weights, Images train,
      Images choosing, Images test, int batchSize, float rate, boolean foldsNorms) {
    this.model = model;
    this.weights = weights;
    this.train = train;
    this.choosing = choosing;
    this.test = test;
    this.batchSize = batchSize;
    this.rate = rate;
    this.foldsNorms = foldsNorms;
  }

  /**
   * A data set in three parts.
   *
   * @param train the images to train with
   * @param choosing those to choose trials by
   * @param test those by which nothing is chosen
   */
  public record Parts(Dataset train, Dataset choosing, Dataset test) {
    /**
     * Takes a fifth of the images to train with away to choose by, always the same.
     *
     * @throws IllegalArgumentException if there are too few
     */
    public static Parts of(DataSplit data) {
      DataSplit split = data.train().split(TRAIN_FRACTION, 0);
      return new Parts(split.train(), split.test(), data.test());
    }

    /** Returns what a training sees: the images to choose by stand for those to test with. */
    public DataSplit split() {
      return new DataSplit(train, choosing);
    }
  }

  /**
   * Gathers what trials stand on.
   *
   * @param model what the network was built by
   * @param floats the trained network, whose weights are copied
   * @param parts the images; their arrays are taken, not copied
   * @param batchSize how many images a step takes
   * @param rate the learning rate of Adam for weights in fixed point
   */
  public static Ground of(
      Model model, Sequential floats, Parts parts, int batchSize, float rate) {
    return new Ground(model, copy(floats), Images.of(parts.train()), Images.of(parts.choosing()),
        Images.of(parts.test()), batchSize, rate, false);
  }

  /** Returns the same where batch normalisations are folded: see {@link Qfx#fold}. */
  public Ground withFoldedNorms() {
    return new Ground(model, weights, train, choosing, test, batchSize, rate, true);
  }

  private static LinkedHashMap<String, float[]> copy(Sequential network) {
    LinkedHashMap<String, float[]> numbers = new LinkedHashMap<>();
    network.parameters().forEach((name, tensor) -> numbers.put(name, tensor.data().clone()));
    network.statistics().forEach((name, array) -> numbers.put(name, array.clone()));
    return numbers;
  }

  /** Returns the float network that is converted, as a new one. */
  Sequential floats() {
    Sequential network = model.build(train.shape(), train.classes(), 0);
    network.parameters().forEach((name, tensor) -> fill(name, tensor));
    network.statistics().forEach(this::fill);
    return foldsNorms ? Qfx.fold(network) : network;
  }

  private void fill(String name, Tensor tensor) {
    fill(name, tensor.data());
  }

  private void fill(String name, float[] target) {
    System.arraycopy(weights.get(name), 0, target, 0, target.length);
  }

  Parts parts() {
    return new Parts(train.dataset(), choosing.dataset(), test.dataset());
  }

  int batchSize() {
    return batchSize;
  }

  float rate() {
    return rate;
  }
}
