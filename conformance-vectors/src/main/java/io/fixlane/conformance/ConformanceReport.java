package io.fixlane.conformance;

import java.util.List;

/**
 * What came of running one vector file.
 *
 * @param file the name of the file
 * @param implementation the name of what was checked
 * @param operations the counts of each operation, in the order in which the file has them
 * @param mismatches the first mismatches of the file, in its order
 */
public record ConformanceReport(
    String file, String implementation, List<OperationCount> operations,
    List<Mismatch> mismatches) {

  /** Makes a report of copies. */
  public ConformanceReport {
    operations = List.copyOf(operations);
    mismatches = List.copyOf(mismatches);
  }

  /**
   * The counts of one operation.
   *
   * @param operation its name, without arguments, or what the counts have been summed over
   * @param blocks how many blocks
   * @param values how many expected words, those that are not covered among them
   * @param mismatches how many of them the implementation got wrong
   * @param notCovered how many of them the implementation does not compute
   * @param nanoseconds how long it took to compute the others
   */
  public record OperationCount(
      String operation, long blocks, long values, long mismatches, long notCovered,
      long nanoseconds) {

    /** Returns the sum of two counts, under the name of this one. */
    public OperationCount plus(OperationCount other) {
      return new OperationCount(
          operation,
          blocks + other.blocks,
          values + other.values,
          mismatches + other.mismatches,
          notCovered + other.notCovered,
          nanoseconds + other.nanoseconds);
    }

    /** Returns how many values were computed in a second, 0 where none was. */
    public double valuesPerSecond() {
      return nanoseconds == 0 ? 0 : (values - notCovered) * 1e9 / nanoseconds;
    }
  }

  /** Returns the sum over all operations. */
  public OperationCount total() {
    return operations.stream().reduce(new OperationCount("total", 0, 0, 0, 0, 0),
        OperationCount::plus);
  }
}
