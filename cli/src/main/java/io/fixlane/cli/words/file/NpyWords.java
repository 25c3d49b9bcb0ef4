package io.fixlane.cli.words.file;

import io.fixlane.format.FixedFormat;
import io.fixlane.reference.Fixed;
import io.fixlane.reference.ReferenceCast;
import io.fixlane.tensor.npy.NpyHeader;
import io.fixlane.tensor.npy.NpyReader;
import java.io.Closeable;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The elements of an array of numpy, row by row. */
final class NpyWords implements WordSource {
  private final WordInput input;
  private final String place;
  private final NpyHeader header;
  private final ElementSource elements;
  private final Closeable file;
  private final NumberMeaning meaning;
  private long index;

  private NpyWords(WordInput input, String place, NpyReader reader, Closeable file)
      throws IOException {
    this.input = input;
    this.place = place;
    this.file = file;
    header = reader.header();
    elements = ElementSource.of(reader);
    NumberMeaning usual = header.type().isFloat() ? input.ofDecimals() : NumberMeaning.RAW;
    meaning = input.meaning() == null ? usual : input.meaning();
  }

  /** Opens a file of one array. */
  static NpyWords open(WordInput input) throws IOException {
    NpyReader reader = NpyReader.open(input.file());
    return of(input, "", reader, reader);
  }

  /**
   * Reads an array.
   *
   * @param place where in the file it is, for messages
   * @param file what is closed with it
   */
  static NpyWords of(WordInput input, String place, NpyReader reader, Closeable file)
      throws IOException {
    try {
      return new NpyWords(input, place, reader, file);
    } catch (IOException | RuntimeException | Error e) {
      file.close();
      throw e;
    }
  }

  @Override
  public @Nullable BigInteger next() throws IOException {
    if (!elements.hasNext()) {
      return null;
    }
    long bits = elements.nextBits();
    try {
      BigInteger word = header.type().isFloat()
          ? ofFloat(header.type().number(bits))
          : ofInteger(header.type().integer(bits));
      index++;
      return word;
    } catch (IllegalArgumentException e) {
      throw input.refused(place, index, e);
    }
  }

  private BigInteger ofFloat(double number) {
    if (meaning == NumberMeaning.RAW) {
      throw new IllegalArgumentException(number + " is a float: raw words are integers");
    }
    if (meaning == NumberMeaning.CAST) {
      return Fixed.from(input.format(), number).raw();
    }
    if (!Double.isFinite(number)) {
      throw new IllegalArgumentException(number + " is no value of " + input.format());
    }
    Fixed exact = Fixed.of(number);
    return exactly(Double.toString(number), exact.raw(), exact.format().fractionBits());
  }

  private BigInteger ofInteger(BigInteger integer) {
    FixedFormat format = input.format();
    return switch (meaning) {
      case CAST -> ReferenceCast.of(integer, 0, format).result().raw();
      case VALUES -> exactly(integer.toString(), integer, 0);
      case RAW -> {
        if (!format.contains(integer)) {
          throw new IllegalArgumentException(integer + " is out of range for " + format
              + (format.width() > Long.SIZE
                  ? ""
                  : ": raw words lie in " + format.minRaw() + ".." + format.maxRaw()));
        }
        yield integer;
      }
    };
  }

  /** Returns the word whose value is number x 2^-fractionBits. */
  private BigInteger exactly(String text, BigInteger number, int fractionBits) {
    FixedFormat format = input.format();
    if (number.signum() == 0) {
      return number;
    }
    long shift = (long) format.fractionBits() - fractionBits;
    boolean there = shift >= -number.getLowestSetBit()
        && number.bitLength() + shift <= format.width();
    BigInteger word = there ? number.shiftLeft((int) shift) : number;
    if (!there || !format.contains(word)) {
      throw new IllegalArgumentException(text + " is no value of " + format);
    }
    return word;
  }

  @Override
  public List<Long> shape() {
    return header.shape();
  }

  @Override
  public String description() {
    return header.type().name().toLowerCase(Locale.ROOT) + " " + header.shape() + ", "
        + meaning.text();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
