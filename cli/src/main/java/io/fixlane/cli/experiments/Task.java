package io.fixlane.cli.experiments;

/**
 * A row with a seed: what one thread computes at a time.
 *
 * @param row what is trained
 * @param seed what start values and the order of the images are drawn from
 */
record Task(Row row, int seed) {
  /** How many networks are trained where every I is tried. */
  private static final int CHOICES = 243;

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
  long cost(Budget budget) {
    int network = switch (row.model()) {
      case MLP -> 1;
      case CNN -> 10;
      case RESNET8, BNN, VGG -> 45;
      case BINARY_VGG -> 100;
    };
    int epochs = switch (row.method()) {
      case PTQ, PTQ_SETTLED, UNIFORM -> 1;
      case EVERY_POINT -> CHOICES * budget.epochs(row);
      case START -> budget.startEpochs();
      case FLOAT, PINNED, LEARNED, UNIFORM_TRAINED -> budget.epochs(row);
    };
    return (long) network * epochs;
  }
}
