package io.fixlane.cli.train;

import io.fixlane.autograd.models.Model;
import java.nio.file.Path;
import java.util.Locale;

/** What a float network is before it is calibrated. */
sealed interface Beginning {
  /**
   * A network that is trained in float from random weights on.
   *
   * @param model the network
   */
  record Random(Model model) implements Beginning {
    @Override
    public String toString() {
      return model.name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A network that others have trained.
   *
   * @param file the file that it is read from
   */
  record Onnx(Path file) implements Beginning {
    @Override
    public String toString() {
      return file.toString();
    }
  }
}
