package io.fixlane.cli.experiments;

/**
 * A row with a seed: what one thread computes at a time.
 *
 * @param row what is trained
 * @param seed what start values and the order of the images are drawn from
 */
record Task(Row row, int seed) {
  /** Returns a name that no other task has, for files. */
  String key() {
    return row.key() + "-seed-" + seed;
  }

  /** Returns the task whose network this one goes on from; only {@link Method#START} has none. */
  Task origin() {
    return new Task(
        Row.inFloat(row.model(), row.method().isPtq() ? Method.FLOAT : Method.START), seed);
  }

  /** Returns about how long it takes, to tell the time that is left. */
  int cost() {
    int network = switch (row.model()) {
      case MLP -> 1;
      case CNN -> 10;
      case RESNET8, BNN, VGG -> 45;
      case BINARY_VGG -> 100;
    };
    return row.method().isPtq() ? Math.max(1, network / 3) : network;
  }
}
