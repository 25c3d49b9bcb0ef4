package io.fixlane.cli.train;

/** One of the two trainings. */
enum Stage {
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

  /** Returns what the file of its checkpoints ends in. */
  String suffix() {
    return suffix;
  }

  /** Returns what it is called for users. */
  @Override
  public String toString() {
    return title;
  }
}
