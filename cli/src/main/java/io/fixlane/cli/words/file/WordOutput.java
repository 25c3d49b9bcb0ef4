package io.fixlane.cli.words.file;

import io.fixlane.cli.console.UserError;
import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.npy.NpyHeader;
import io.fixlane.tensor.npy.NpyType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;

/**
 * What is written.
 *
 * @param file the file
 * @param kind what it is
 * @param format the format of its words
 * @param values whether values are written; else raw words
 * @param name the name of the array, where one has a name
 */
public record WordOutput(
    Path file, FileKind kind, FixedFormat format, boolean values, String name) {
  private static final int MOST_FRACTION_BITS = 1 << 14;
  private static final int DOUBLE_BITS = 53;

  /**
   * Checks that such a file can hold the words.
   *
   * @throws UserError if not
   */
  public WordOutput {
    boolean numpy = kind == FileKind.NPY || kind == FileKind.NPZ;
    if (values && kind.isBits()) {
      throw refused(file, "a " + kind.option() + " file holds the bits of words, and no values");
    }
    if (values && numpy && NpyType.ofValues(format).isEmpty()) {
      throw refused(file, "doubles do not hold each value of " + format
          + "; --numbers-out raw writes raw words");
    }
    if (values && Math.abs((long) format.fractionBits()) > MOST_FRACTION_BITS) {
      throw refused(file, "values of " + format + " have too many digits; --numbers-out raw writes"
          + " raw words");
    }
    if (values && kind == FileKind.H && format.width() > DOUBLE_BITS) {
      throw refused(file, "a decimal of C is a double, which does not hold each value of " + format
          + "; --numbers-out raw writes raw words");
    }
    boolean integers = numpy || kind == FileKind.H;
    if (!values && integers && format.width() > Long.SIZE) {
      throw refused(file, "integers of a " + kind.option()
          + " file have at most 64 bits, and words of " + format + " more");
    }
    if (kind == FileKind.H && !name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new UserError("--name is " + name + ": it must be a name of C");
    }
  }

  private static UserError refused(Path file, String reason) {
    return new UserError("--out is " + file + ": " + reason);
  }

  /**
   * Begins the file.
   *
   * @param shape the dimensions of the words
   * @param statistics what is known of them
   */
  public WordSink open(OutputStream out, List<Long> shape, WordStatistics statistics)
      throws IOException {
    return switch (kind) {
      case NPY, NPZ -> new NpySink(this, header(shape), out);
      case H -> new HeaderSink(this, shape, statistics, out);
      case COE -> new CoeSink(this, shape, out);
      case CSV, DECIMAL -> new LineSink(
          this, shape, raw -> values ? WordDigits.value(format, raw) : raw.toString(), out);
      case HEX, MEM -> new LineSink(this, shape, raw -> WordDigits.hex(format, raw), out);
      case MEMB -> new LineSink(this, shape, raw -> WordDigits.binary(format, raw), out);
    };
  }

  private NpyHeader header(List<Long> shape) {
    NpyType type = values ? NpyType.ofValues(format).orElseThrow() : NpyType.ofWords(format);
    return NpyHeader.of(type, shape.stream().mapToLong(Long::longValue).toArray());
  }
}
