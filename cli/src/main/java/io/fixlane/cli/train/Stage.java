package io.fixlane.cli.train;

import java.nio.file.Path;

/** One of the two trainings. */
public enum Stage {
  /** In float. */
  FLOAT("float", ".float"),
  /** In fixed point, from the weights that the float training gave. */
  QFX("QFX", ".qfx");

  private final String title;
  private final String suffix;

  Stage(String title, String suffix) {
    this.title = title;
    this.suffix = suffix;
  }

  /** Returns the file of its checkpoints, whose name begins as that of the other stage's. */
  Path checkpoint(Path common) {
    return common.resolveSibling(common.getFileName() + suffix);
  }

  /** Returns what it is called for users. */
  @Override
  public String toString() {
    return title;
  }
}
