package io.fixlane.spark;

import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Runs a network on the rows of a partition, batch after batch: of the partition no more is held
 * than one batch and its results.
 *
 * @param shared the network
 * @param input what it reads
 * @param output what it writes
 * @param batchSize how many rows are computed at once
 */
record Inference(
    Broadcast<SharedNetwork> shared, InputColumn input, OutputColumns output, int batchSize)
    implements MapPartitionsFunction<Row, Row> {
  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return new Batches(shared.value().network(), rows);
  }

  /** The rows with their results. */
  private final class Batches implements Iterator<Row> {
    private final Network network;
    private final Iterator<Row> rows;
    private final float[] numbers = new float[Math.multiplyExact(batchSize, input.size())];
    private final int[] shape;
    private final int resultSize;
    private final double step;
    private final FixedTensor results;
    private final List<Row> batch = new ArrayList<>(batchSize);
    private int next;

    Batches(Network network, Iterator<Row> rows) {
      this.network = network;
      this.rows = rows;
      this.shape = withCount(network.inputShape(), batchSize);
      this.resultSize = Math.toIntExact(size(network.resultShape()));
      this.step = Math.scalb(1.0, -network.resultFormat().fractionBits());
      this.results = FixedTensor.allocate(
          network.resultFormat(), withCount(network.resultShape(), batchSize));
    }

    @Override
    public boolean hasNext() {
      return next < batch.size() || rows.hasNext();
    }

    @Override
    public Row next() {
      if (next == batch.size()) {
        compute();
      }
      Row row = batch.get(next);
      Object[] cells = new Object[row.size() + output.count()];
      for (int i = 0; i < row.size(); i++) {
        cells[i] = row.get(i);
      }
      output.write(results, next, resultSize, step, cells, row.size());
      next++;
      return RowFactory.create(cells);
    }

    private void compute() {
      batch.clear();
      next = 0;
      while (batch.size() < batchSize && rows.hasNext()) {
        Row row = rows.next();
        input.copy(row, numbers, batch.size() * input.size());
        batch.add(row);
      }
      int count = batch.size();
      if (count == 0) {
        throw new NoSuchElementException("there is no further row");
      }
      shape[0] = count;
      float[] exact = count == batchSize
          ? numbers
          : Arrays.copyOf(numbers, count * input.size());
      network.run(FixedTensor.quantize(network.inputFormat(), exact, shape),
          count == batchSize ? results : results.slice(0, count));
    }
  }

  static long size(int[] shape) {
    return Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
  }

  private static int[] withCount(int[] shape, int count) {
    int[] whole = new int[shape.length + 1];
    whole[0] = count;
    System.arraycopy(shape, 0, whole, 1, shape.length);
    return whole;
  }
}
