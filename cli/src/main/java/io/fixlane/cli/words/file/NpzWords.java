package io.fixlane.cli.words.file;

import io.fixlane.cli.console.UserError;
import io.fixlane.tensor.npy.NpzReader;
import java.io.IOException;

/** The words of one array of a {@code .npz} file. */
final class NpzWords {
  private NpzWords() {}

  /**
   * Opens the array that is asked for, or the only one.
   *
   * @throws UserError if there are several, or none of the name
   */
  static WordSource open(WordInput input) throws IOException {
    NpzReader reader = NpzReader.open(input.file());
    try {
      String name = ArrayChoice.choose(input, reader.names());
      return NpyWords.of(input, ", " + name, reader.open(name), reader);
    } catch (IOException | RuntimeException | Error e) {
      reader.close();
      throw e;
    }
  }

}
