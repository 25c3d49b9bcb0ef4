package io.fixlane.network;

import io.fixlane.format.FixedFormat;
import io.fixlane.kernels.threads.Tasks;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.NetworkCost;
import io.fixlane.network.layer.TensorType;
import io.fixlane.network.plan.Chain;
import io.fixlane.network.plan.ChainBuilder;
import io.fixlane.network.plan.Explanation;
import io.fixlane.network.plan.Program;
import io.fixlane.network.plan.Samples;
import io.fixlane.network.plan.Trace;
import io.fixlane.network.plan.Types;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.concurrent.Executor;

/**
 * A network of fixed-point layers, which computes in integers alone: layers of known formats and
 * shapes, each one plan of the kernels, so that every word is the one that the same loops compute
 * in HLS code.
 *
 * <p>A network is immutable; any number of threads may run it at once, and its results are the same
 * bits on any number of threads and at any vector width. {@link NetworkBuilder} makes one.
 *
 * {@snippet class="io.fixlane.network.NetworkExample" region="run"}
 */
public final class Network {
  private final Chain chain;
  private final Program program;

  Network(Chain chain) {
    this.chain = chain;
    this.program = new Program(chain);
  }

  /**
   * Returns a builder of a network.
   *
   * @param inputFormat the format of the words of a sample
   * @param inputShape the dimensions of a sample: features, or rows, columns and channels
   * @throws IllegalArgumentException if the format is wider than 64 bits or its binary point out of
   *     reach, there are not 1 to 8 dimensions, one is not positive, or a sample takes more bytes
   *     than an array holds
   */
  public static NetworkBuilder builder(FixedFormat inputFormat, int... inputShape) {
    Objects.requireNonNull(inputFormat, "inputFormat");
    Objects.requireNonNull(inputShape, "inputShape");
    return new NetworkBuilder(new ChainBuilder(Types.of(inputFormat, inputShape)));
  }

  /**
   * Returns the network of layers as they are described.
   *
   * @param inputFormat the format of the words of a sample
   * @param inputShape the dimensions of a sample: features, or rows, columns and channels
   * @param layers the layers in their order, one at least
   * @throws IllegalArgumentException as {@link #builder} and {@link NetworkBuilder} do
   */
  public static Network of(FixedFormat inputFormat, int[] inputShape, List<Layer> layers) {
    Objects.requireNonNull(layers, "layers");
    NetworkBuilder builder = builder(inputFormat, inputShape);
    layers.forEach(builder::add);
    return builder.build();
  }

  /** Returns the format of the words of a sample. */
  public FixedFormat inputFormat() {
    return chain.input().format();
  }

  /** Returns the dimensions of a sample, as a new array. */
  public int[] inputShape() {
    return chain.input().dimensions();
  }

  /** Returns the format of the words of a result. */
  public FixedFormat resultFormat() {
    return chain.result().format();
  }

  /** Returns the dimensions of a sample's result, as a new array. */
  public int[] resultShape() {
    return chain.result().dimensions();
  }

  /**
   * Reads a network from a file. The file is checked whole before anything is made of it; only as
   * much memory is taken as its length warrants.
   *
   * @throws NetworkFileException if the file is not a network file, is damaged or truncated, or is
   *     of another version
   * @throws IOException if the file cannot be read
   */
  public static Network load(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    return NetworkFile.read(file);
  }

  /**
   * Reads a network from the bytes of a file, such as a resource.
   *
   * @throws NetworkFileException as {@link #load} does
   */
  public static Network fromBytes(byte[] file) throws NetworkFileException {
    Objects.requireNonNull(file, "file");
    return NetworkFile.decode("the bytes", file);
  }

  /**
   * Writes the network to a file, in place of any other of its name: aside first, to the disk, and
   * then renamed. Equal networks give equal bytes, on every machine.
   *
   * @throws IllegalArgumentException if the network takes more than 2<sup>31</sup> - 65 bytes
   * @throws IOException if the file cannot be written; one that was there is then as before
   */
  public void save(Path file) throws IOException {
    Objects.requireNonNull(file, "file");
    NetworkFile.write(file, chain);
  }

  /**
   * Returns the bytes that {@link #save} writes.
   *
   * @throws IllegalArgumentException as there
   */
  public byte[] toBytes() {
    return NetworkFile.encode(chain);
  }

  /** Returns the layers in their order; blocks hold those inside of them. */
  public List<Layer> layers() {
    return chain.descriptions();
  }

  /** Returns the names of the layers in their order, without those inside of blocks. */
  public List<String> layerNames() {
    return layers().stream().map(Layer::name).toList();
  }

  /** Returns what a sample is. */
  public TensorType inputType() {
    return chain.input();
  }

  /**
   * Returns what the layers give for a sample.
   *
   * @return each layer's result, by the names and in the order of {@link #trace}
   */
  public SequencedMap<String, TensorType> resultTypes() {
    return Trace.types(chain);
  }

  /** Returns what the network costs. */
  public NetworkCost cost() {
    return chain.cost();
  }

  /**
   * Computes the results of samples on the calling thread.
   *
   * @param batch n samples: n x the dimensions of a sample
   * @return a new tensor of n x the dimensions of a result
   * @throws IllegalArgumentException if the batch has another format or shape
   */
  public FixedTensor run(FixedTensor batch) {
    return run(batch, Runnable::run, 1);
  }

  /**
   * Computes the results of samples on several threads: samples are divided among them, or the
   * layers where there are fewer samples than parts.
   *
   * @param batch n samples: n x the dimensions of a sample
   * @param executor what runs all parts but one, which the caller does
   * @param parts into how many parts the work is divided at most
   * @return a new tensor of n x the dimensions of a result
   * @throws IllegalArgumentException if the batch has another format or shape, {@code parts} is
   *     not positive, or is more than 1 and the batch lies in a confined arena
   */
  public FixedTensor run(FixedTensor batch, Executor executor, int parts) {
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(executor, "executor");
    TensorType type = chain.result();
    FixedTensor target =
        FixedTensor.allocate(type.format(),
            Samples.shape(type, Samples.count(chain.input(), batch)));
    run(batch, target, executor, parts);
    return target;
  }

  /**
   * Computes the results of samples on the calling thread, into memory that is there.
   *
   * @param batch n samples: n x the dimensions of a sample
   * @param target n x the dimensions of a result
   * @throws IllegalArgumentException if a tensor has another format or shape, the target is
   *     read-only, or they overlap; nothing is written then
   */
  public void run(FixedTensor batch, FixedTensor target) {
    run(batch, target, Runnable::run, 1);
  }

  /**
   * Computes the results of samples on several threads, into memory that is there.
   *
   * @param batch n samples: n x the dimensions of a sample
   * @param target n x the dimensions of a result
   * @param executor what runs all parts but one, which the caller does
   * @param parts into how many parts the work is divided at most
   * @throws IllegalArgumentException if a tensor has another format or shape, the target is
   *     read-only, they overlap, {@code parts} is not positive, or is more than 1 and a tensor lies
   *     in a confined arena; nothing is written then
   */
  public void run(FixedTensor batch, FixedTensor target, Executor executor, int parts) {
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(executor, "executor");
    int samples = Samples.count(chain.input(), batch);
    Samples.requireTarget(chain.result(), target, samples);
    if (batch.segment().asOverlappingSlice(target.segment()).isPresent()) {
      throw new IllegalArgumentException("batch and target overlap: they must be apart");
    }
    if (parts < 1) {
      throw new IllegalArgumentException("parts is " + parts + ": it must be positive");
    }
    Tasks.requireShared("batch", batch.segment(), parts);
    Tasks.requireShared("target", target.segment(), parts);
    if (samples < parts || parts == 1) {
      program.run(batch, target, 0, samples, executor, parts);
      return;
    }
    Tasks.run(parts, parts, executor, part -> program.run(batch, target,
        (int) Tasks.first(samples, parts, part), (int) Tasks.first(samples, parts, part + 1),
        Runnable::run, 1));
  }

  /**
   * Computes the words of every layer, to hold them against those of another tool.
   *
   * @param batch as {@link #run(FixedTensor)} takes it
   * @return each layer's results, n x the dimensions of its result, by its name, in the order of
   *     computation, as new tensors. Layers inside a block come before it, and are named by where
   *     they are too: {@code block > body > conv}. The last is what {@code run} returns
   * @throws IllegalArgumentException as there
   */
  public SequencedMap<String, FixedTensor> trace(FixedTensor batch) {
    Objects.requireNonNull(batch, "batch");
    return Trace.of(chain, batch, Samples.count(chain.input(), batch));
  }

  /**
   * Returns the class of each sample: the place of the largest word of its result, the first of
   * them where there are several.
   *
   * @param batch as {@link #run(FixedTensor)} takes it
   * @throws IllegalArgumentException as there
   */
  public int[] classify(FixedTensor batch) {
    return classify(batch, Runnable::run, 1);
  }

  /**
   * Returns the class of each sample, computed on several threads.
   *
   * @param batch as {@link #run(FixedTensor, Executor, int)} takes it
   * @param executor as there
   * @param parts as there
   * @throws IllegalArgumentException as there
   */
  public int[] classify(FixedTensor batch, Executor executor, int parts) {
    Objects.requireNonNull(batch, "batch");
    Objects.requireNonNull(executor, "executor");
    FixedTensor result = run(batch, executor, parts);
    int size = chain.result().size();
    int[] classes = new int[batch.dimension(0)];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = largest(result, (long) i * size, size);
    }
    return classes;
  }

  private static int largest(FixedTensor words, long first, int count) {
    long offset = words.format().signed() ? 0 : Long.MIN_VALUE;
    int largest = 0;
    for (int i = 1; i < count; i++) {
      if (words.raw(first + i) + offset > words.raw(first + largest) + offset) {
        largest = i;
      }
    }
    return largest;
  }

  /**
   * Returns what the network does and how: for each layer its formats and shapes, its cost, and the
   * kernel, with the reasons for it.
   */
  public String explain() {
    return Explanation.of(chain, program.samplesAtOnce());
  }

  /** Returns the layers with their formats and shapes. */
  @Override
  public String toString() {
    return Explanation.summary(chain);
  }
}
