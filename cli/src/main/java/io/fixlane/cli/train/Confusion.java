package io.fixlane.cli.train;

import io.fixlane.autograd.data.Dataset;
import io.fixlane.cli.console.TextTable;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How often images of each class were put in each class.
 *
 * @param counts by the class that is right, and the class that was said
 * @param firstLabel what the first class is called
 */
record Confusion(int[][] counts, int firstLabel) {
  /** Counts the classes that were said of the images of a data set. */
  static Confusion of(Dataset dataset, int[] said) {
    int[][] counts = new int[dataset.classes()][dataset.classes()];
    for (int i = 0; i < said.length; i++) {
      counts[dataset.label(i)][said[i]]++;
    }
    return new Confusion(counts, dataset.firstLabel());
  }

  int images() {
    return Arrays.stream(counts).flatMapToInt(Arrays::stream).sum();
  }

  int right() {
    return IntStream.range(0, counts.length).map(i -> counts[i][i]).sum();
  }

  /** Prints a row for each class: how many of its images were found, and as what. */
  void print(PrintWriter out) {
    List<List<String>> rows = new ArrayList<>();
    List<String> heads = new ArrayList<>(List.of("class", "images", "recall", "precision"));
    IntStream.range(0, counts.length).forEach(said -> heads.add("as " + (firstLabel + said)));
    rows.add(heads);
    for (int row = 0; row < counts.length; row++) {
      rows.add(row(row));
    }
    TextTable table = new TextTable(0, rows);
    for (int row = 0; row < rows.size(); row++) {
      out.println(table.line(row));
    }
  }

  private List<String> row(int row) {
    int images = Arrays.stream(counts[row]).sum();
    int said = Arrays.stream(counts).mapToInt(others -> others[row]).sum();
    List<String> cells =
        new ArrayList<>(List.of(Integer.toString(firstLabel + row), Numbers.count(images),
            part(counts[row][row], images), part(counts[row][row], said)));
    for (int count : counts[row]) {
      cells.add(count == 0 ? "." : Numbers.count(count));
    }
    return cells;
  }

  private static String part(int count, int whole) {
    return whole == 0 ? "" : Numbers.percent((double) count / whole);
  }
}
