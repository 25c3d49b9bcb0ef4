package io.fixlane.cli.train;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntUnaryOperator;

/** A data set in the files of MNIST, for tests. */
public final class IdxFiles {
  private IdxFiles() {}

  /**
   * Writes the four files.
   *
   * @param side rows and columns of an image
   * @param images how many images each part has
   * @param lastLabel the label of each part's last image; the others are 0, 1, 2 and so on
   */
  static void write(Path folder, int side, int images, int lastLabel) throws IOException {
    write(folder, side, images, i -> i == images - 1 ? lastLabel : i % 10);
  }

  /** Writes the four files, with a label for the number of each image. */
  public static void write(Path folder, int side, int images, IntUnaryOperator label)
      throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(16 + images * side * side);
    pixels.putInt(0x803).putInt(images).putInt(side).putInt(side);
    for (int i = 0; i < images * side * side; i++) {
      pixels.put((byte) (i * 37));
    }
    ByteBuffer labels = ByteBuffer.allocate(8 + images);
    labels.putInt(0x801).putInt(images);
    for (int i = 0; i < images; i++) {
      labels.put((byte) label.applyAsInt(i));
    }
    for (String part : new String[] {"train", "t10k"}) {
      Files.write(folder.resolve(part + "-images-idx3-ubyte"), pixels.array());
      Files.write(folder.resolve(part + "-labels-idx1-ubyte"), labels.array());
    }
  }
}
