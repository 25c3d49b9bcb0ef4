package io.fixlane.autograd.data;

import java.util.Arrays;

/**
 * What the labels of a file are as classes, which count from 0. Labels count from 0 too, or from 1
 * where no image has label 0, as those of EMNIST's letters.
 *
 * @param first the label of class 0
 * @param count how many classes there are: the largest label is that of the last
 */
record Labels(int first, int count) {
  static Labels of(int[] labels) {
    int first = Arrays.stream(labels).min().orElse(0) == 0 ? 0 : 1;
    return new Labels(first, Arrays.stream(labels).max().orElse(first) - first + 1);
  }

  /**
   * Makes a data set of images with these labels.
   *
   * @throws DataFileException if a label is out of the range of these
   */
  Dataset dataset(Object file, String name, int[] imageShape, float[] images, int[] labels)
      throws DataFileException {
    int[] classes = new int[labels.length];
    for (int i = 0; i < labels.length; i++) {
      classes[i] = labels[i] - first;
      if (classes[i] < 0 || classes[i] >= count) {
        throw new DataFileException(file, "label " + i + " is " + labels[i]
            + ": those to train with are in " + first + ".." + (first + count - 1));
      }
    }
    return new Dataset(name, imageShape, count, images, classes).withFirstLabel(first);
  }
}
