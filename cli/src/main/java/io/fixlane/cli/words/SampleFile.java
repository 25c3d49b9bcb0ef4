package io.fixlane.cli.words;

import io.fixlane.cli.console.UserError;
import io.fixlane.cli.words.file.FileKind;
import io.fixlane.cli.words.file.NumberMeaning;
import io.fixlane.cli.words.file.OptionNames;
import io.fixlane.cli.words.file.WordInput;
import io.fixlane.cli.words.file.WordSource;
import io.fixlane.files.Memory;
import io.fixlane.network.layer.TensorType;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Samples of a network in a file of words of any kind. */
public final class SampleFile {
  private SampleFile() {}

  /**
   * Reads samples. Integers of numpy are raw words, and floats and decimals are cast, unless the
   * user says otherwise.
   *
   * @param option the option that names the file
   * @param file the file
   * @param sample what a sample is
   * @param numbers what the numbers stand for, or null where the user does not say
   * @return n x the dimensions of a sample
   * @throws UserError if the file cannot be read, or holds no whole samples
   */
  public static FixedTensor read(
      String option, Path file, TensorType sample, @Nullable NumbersOption numbers) {
    WordInput input = new WordInput(OptionNames.ofSamples(option), file,
        FileKind.of(option, file, null, option), null,
        numbers == null ? null : numbers.meaning(), NumberMeaning.CAST, sample.format(), null);
    int samples = input.read(source -> count(input, source, sample));
    int[] shape = new int[sample.shape().size() + 1];
    shape[0] = samples;
    System.arraycopy(sample.dimensions(), 0, shape, 1, shape.length - 1);
    FixedTensor words = FixedTensor.allocate(sample.format(), shape);
    return input.read(source -> fill(words, source));
  }

  private static int count(WordInput input, WordSource source, TensorType sample)
      throws IOException {
    long words = 0;
    while (source.next() != null) {
      words++;
    }
    List<Long> shape = source.shape();
    long samples = words / sample.size();
    if (words == 0 || words % sample.size() != 0 || !isOf(shape, sample)) {
      throw new UserError(
          input.options().file() + " is " + input.file() + ": it has words of shape "
              + shape + ", and a sample of the network is " + sample);
    }
    Memory.require("its " + words + " words", words * Long.BYTES);
    if (samples > Integer.MAX_VALUE) {
      throw new UserError(input.options().file() + " is " + input.file() + ": it has " + samples
          + " samples, and at most " + Integer.MAX_VALUE + " are taken at once");
    }
    return (int) samples;
  }

  /** Returns whether words are samples: in their own dimensions, or a row each, or all in a row. */
  private static boolean isOf(List<Long> shape, TensorType sample) {
    List<Long> own = sample.shape().stream().map(Integer::longValue).toList();
    boolean rows = shape.size() == 2 && shape.getLast() == sample.size();
    boolean several = shape.size() == own.size() + 1 && shape.subList(1, shape.size()).equals(own);
    return shape.size() == 1 || rows || several || shape.equals(own);
  }

  private static FixedTensor fill(FixedTensor words, WordSource source) throws IOException {
    long index = 0;
    for (BigInteger word = source.next(); word != null; word = source.next()) {
      if (index == words.size()) {
        throw new UserError("the file of samples has changed while it was read");
      }
      words.setRaw(index++, word.longValue());
    }
    if (index < words.size()) {
      throw new UserError("the file of samples has changed while it was read");
    }
    return words;
  }
}
