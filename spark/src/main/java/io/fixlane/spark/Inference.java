package io.fixlane.spark;

import io.fixlane.kernels.Cast;
import io.fixlane.network.Network;
import io.fixlane.tensor.FixedTensor;
import java.io.Serializable;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import scala.Function1;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Runs a network on the rows of a partition, batch after batch: of the partition no more is held
 * than one batch and its results. Rows are Spark's own, which must not change when the next are
 * read.
 *
 * @param shared the network
 * @param input what it reads
 * @param output what it writes
 * @param batchSize how many rows are computed at once
 */
record Inference(
    Broadcast<SharedNetwork> shared, InputColumn input, OutputColumns output, int batchSize)
    implements Function1<scala.collection.Iterator<Object>, scala.collection.Iterator<Object>>,
    Serializable {
  @Override
  public scala.collection.Iterator<Object> apply(scala.collection.Iterator<Object> rows) {
    return CollectionConverters.asScala(
        new Batches(shared.value().network(), CollectionConverters.asJava(rows)));
  }

  /** The rows with their results. */
  private final class Batches implements Iterator<Object> {
    private final Network network;
    private final Iterator<Object> rows;
    private final float[] numbers = new float[Math.multiplyExact(batchSize, input.size())];
    private final Cast quantize;
    private final FixedTensor samples;
    private final int resultSize;
    private final double step;
    private final FixedTensor results;
    private final List<GenericInternalRow> batch = new ArrayList<>(batchSize);
    private int next;

    Batches(Network network, Iterator<Object> rows) {
      this.network = network;
      this.rows = rows;
      this.quantize = Cast.fromFloat(network.inputFormat());
      this.samples = FixedTensor.allocate(
          network.inputFormat(), withCount(network.inputShape(), batchSize));
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
    public InternalRow next() {
      if (next == batch.size()) {
        compute();
      }
      Object[] before = batch.get(next).values();
      Object[] cells = Arrays.copyOf(before, before.length + output.count());
      output.write(results, next, resultSize, step, cells, before.length);
      next++;
      return new GenericInternalRow(cells);
    }

    private void compute() {
      batch.clear();
      next = 0;
      while (batch.size() < batchSize && rows.hasNext()) {
        GenericInternalRow row = (GenericInternalRow) rows.next();
        input.copy(row, numbers, batch.size() * input.size());
        batch.add(row);
      }
      int count = batch.size();
      if (count == 0) {
        throw new NoSuchElementException("there is no further row");
      }
      quantize.run(MemorySegment.ofArray(numbers), 0, samples.segment(), 0,
          (long) count * input.size());
      network.run(samples.slice(0, count), results.slice(0, count));
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
