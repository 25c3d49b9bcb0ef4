package io.fixlane.jmh.peers;

import org.apache.lucene.util.VectorUtil;

/**
 * Lucene's dot product of signed bytes, for each result one: sums of 32 bits, without bias and
 * cast. Columns are arrays of their own, as Lucene's vectors are.
 */
final class LuceneGemm implements Peer {
  private final GemmTask task;
  private final byte[][] rows;
  private final byte[][] columns;
  private final int[] sums;

  LuceneGemm(GemmTask task) {
    this.task = task;
    byte[] a = task.activationBytes();
    byte[] weights = task.weightBytes();
    rows = new byte[task.m][task.k];
    for (int row = 0; row < task.m; row++) {
      System.arraycopy(a, row * task.k, rows[row], 0, task.k);
    }
    columns = new byte[task.n][task.k];
    for (int i = 0; i < weights.length; i++) {
      columns[i % task.n][i / task.n] = weights[i];
    }
    sums = new int[task.m * task.n];
  }

  @Override
  public void run() {
    int i = 0;
    for (byte[] row : rows) {
      for (byte[] column : columns) {
        sums[i++] = VectorUtil.dotProduct(row, column);
      }
    }
  }

  @Override
  public Verdict check() {
    return Verdict.of(task.sums(), sums);
  }
}
