package io.fixlane.autograd.data;

import io.fixlane.autograd.Tensor;
import java.util.Arrays;

/**
 * Images with labels.
 *
 * {@snippet class="io.fixlane.autograd.data.DataExample" region="batches"}
 */
public final class Dataset {
  private final String name;
  private final int[] imageShape;
  private final int imageSize;
  private final int classes;
  private final int firstLabel;
  private final float[] images;
  private final int[] labels;

  /**
   * Makes a data set; the arrays are taken, not copied.
   *
   * @param name what it is called in messages
   * @param imageShape height, width and channels
   * @param classes how many classes there are
   * @param images the pixels, image after image, each height x width x channels
   * @param labels the class of each image, from 0
   * @throws IllegalArgumentException if sizes do not agree or a label is out of its range
   */
  public Dataset(String name, int[] imageShape, int classes, float[] images, int[] labels) {
    this(name, imageShape, classes, 0, images, labels);
  }

  private Dataset(String name, int[] imageShape, int classes, int firstLabel, float[] images,
      int[] labels) {
    if (imageShape.length != 3 || Arrays.stream(imageShape).anyMatch(size -> size < 1)) {
      throw new IllegalArgumentException(
          "imageShape is " + Arrays.toString(imageShape)
              + ": it must be height, width and channels, each at least 1");
    }
    this.name = name;
    this.imageShape = imageShape.clone();
    this.imageSize = Math.multiplyExact(Math.multiplyExact(imageShape[0], imageShape[1]),
        imageShape[2]);
    this.classes = classes;
    this.firstLabel = firstLabel;
    this.images = images;
    this.labels = labels;
    if (labels.length == 0 || images.length != (long) labels.length * imageSize) {
      throw new IllegalArgumentException(
          name + " has " + labels.length + " labels and " + images.length
              + " pixels: it must have at least 1 label, and " + imageSize + " pixels for each");
    }
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            name + ", image " + i + ": the label is " + labels[i] + ": it must be in 0.."
                + (classes - 1));
      }
    }
  }

  /** Returns what it is called in messages. */
  public String name() {
    return name;
  }

  /** Returns how many images there are. */
  public int size() {
    return labels.length;
  }

  /** Returns the height, width and channels of an image. */
  public int[] imageShape() {
    return imageShape.clone();
  }

  /** Returns how many classes there are. */
  public int classes() {
    return classes;
  }

  /**
   * Returns these images with classes that are called from another number than 0 on where they are
   * shown: by the labels of their file. The arrays are the same.
   */
  public Dataset withFirstLabel(int label) {
    return new Dataset(name, imageShape, classes, label, images, labels);
  }

  /** Returns what class 0 is called where classes are shown, 0 in most data sets. */
  public int firstLabel() {
    return firstLabel;
  }

  /** Returns the class of an image, from 0 on. */
  public int label(int image) {
    return labels[image];
  }

  /** Returns all pixels, not a copy: image after image, each height x width x channels. */
  public float[] images() {
    return images;
  }

  /**
   * Makes a batch of images.
   *
   * @param indices which images, in which order
   */
  public Batch batch(int... indices) {
    float[] pixels = new float[Math.multiplyExact(indices.length, imageSize)];
    for (int i = 0; i < indices.length; i++) {
      System.arraycopy(images, indices[i] * imageSize, pixels, i * imageSize, imageSize);
    }
    return batch(pixels, indices);
  }

  /** Makes a batch of images that are changed, each by what is drawn from the seed for it. */
  Batch batch(Augmentation augmentation, long seed, int... indices) {
    float[] pixels = new float[Math.multiplyExact(indices.length, imageSize)];
    for (int i = 0; i < indices.length; i++) {
      float[] image =
          augmentation.of(images, indices[i] * imageSize, imageShape, seed ^ indices[i]);
      System.arraycopy(image, 0, pixels, i * imageSize, imageSize);
    }
    return batch(pixels, indices);
  }

  private Batch batch(float[] pixels, int... indices) {
    int[] classesOf = Arrays.stream(indices).map(index -> labels[index]).toArray();
    return new Batch(
        Tensor.of(pixels, indices.length, imageShape[0], imageShape[1], imageShape[2]), classesOf);
  }

  /** Makes a data set of some of the images, copied, with a name that says which. */
  public Dataset subset(String part, int... indices) {
    Batch batch = batch(indices);
    return new Dataset(name + " " + part, imageShape, classes, firstLabel,
        batch.images().data(), batch.labels());
  }

  /**
   * Makes a data set of the first images.
   *
   * @throws IllegalArgumentException if there are not so many
   */
  public Dataset first(int count) {
    if (count < 1 || count > size()) {
      throw new IllegalArgumentException("count is " + count + ": it must be in 1.." + size());
    }
    return subset("first " + count, Shuffle.ascending(0, count));
  }

  /**
   * Splits it into images to train with and images to test with, at random.
   *
   * @param trainFraction the part to train with, between 0 and 1
   * @param seed the same seed gives the same split
   * @throws IllegalArgumentException if one of both would be empty
   */
  public DataSplit split(double trainFraction, long seed) {
    int train = (int) Math.round(trainFraction * size());
    if (!(train > 0 && train < size())) {
      throw new IllegalArgumentException(
          "trainFraction is " + trainFraction + ": of " + size()
              + " images, both parts must get one");
    }
    int[] order = Shuffle.order(size(), seed, 0);
    return new DataSplit(
        subset("train", Arrays.copyOfRange(order, 0, train)),
        subset("test", Arrays.copyOfRange(order, train, size())));
  }

  /** Returns the name and the sizes, as {@code digits train: 1438 images 8x8x1, 10 classes}. */
  @Override
  public String toString() {
    return name + ": " + size() + " images " + imageShape[0] + "x" + imageShape[1] + "x"
        + imageShape[2] + ", " + classes + " classes";
  }
}
