package io.fixlane.jmh.peers;

import java.util.Arrays;

/**
 * Plain Java loops, which C2 vectorises: sums of 32 bits, without bias and cast. Weights are
 * widened to int beforehand, in a row for each step: of loops over bytes or over parts of an array
 * C2 makes slower code.
 */
final class PlainGemm implements Peer {
  private final GemmTask task;
  private final int[] a;
  private final int[][] weights;
  private final int[][] sums;

  PlainGemm(GemmTask task) {
    this.task = task;
    a = new int[task.m * task.k];
    Arrays.setAll(a, i -> (int) task.a.raw(i));
    weights = new int[task.k][task.n];
    for (int i = 0; i < task.k; i++) {
      for (int column = 0; column < task.n; column++) {
        weights[i][column] = (int) task.weights.raw((long) i * task.n + column);
      }
    }
    sums = new int[task.m][task.n];
  }

  @Override
  public void run() {
    for (int row = 0; row < task.m; row++) {
      Arrays.fill(sums[row], 0);
      for (int i = 0; i < task.k; i++) {
        addMultiple(a[row * task.k + i], weights[i], sums[row]);
      }
    }
  }

  private static void addMultiple(int factor, int[] weights, int[] sums) {
    for (int column = 0; column < sums.length; column++) {
      sums[column] += factor * weights[column];
    }
  }

  /** Returns the sums, row by row. */
  int[] sums() {
    return Arrays.stream(sums).flatMapToInt(Arrays::stream).toArray();
  }

  /** Checks the first row and the last, each sum as a dot product of long numbers. */
  @Override
  public Verdict check() {
    for (int row : new int[] {0, task.m - 1}) {
      for (int column = 0; column < task.n; column++) {
        long sum = 0;
        for (int i = 0; i < task.k; i++) {
          sum += task.a.raw((long) row * task.k + i) * task.weights.raw((long) i * task.n + column);
        }
        if (sum != sums[row][column]) {
          throw new IllegalStateException("the sum of row " + row + " and column " + column
              + " must be " + sum + ", not " + sums[row][column]);
        }
      }
    }
    return Verdict.EXACT;
  }
}
