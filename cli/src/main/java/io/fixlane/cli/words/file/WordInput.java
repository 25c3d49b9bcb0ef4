package io.fixlane.cli.words.file;

import io.fixlane.cli.console.Failure;
import io.fixlane.cli.console.UserError;
import io.fixlane.conformance.DumpNotation;
import io.fixlane.conformance.DumpNumbers;
import io.fixlane.format.FixedFormat;
import io.fixlane.tensor.npy.NpyException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What is read, as often as it must be.
 *
 * @param options what the options of the command are called
 * @param file the file
 * @param kind what it is
 * @param array the array that is meant where there are several, or null
 * @param meaning what its numbers stand for, or null for what they do in a file of its kind
 * @param ofDecimals what decimals and floats stand for where {@code meaning} is null
 * @param format the format of its words
 * @param digits to how many significant digits decimals were rounded, or null where they are exact
 */
public record WordInput(OptionNames options, Path file, FileKind kind, @Nullable String array,
    @Nullable NumberMeaning meaning, NumberMeaning ofDecimals, FixedFormat format,
    @Nullable Integer digits) {
  /** Something that reads words. */
  @FunctionalInterface
  public interface Reader<T> {
    /** Reads. */
    T read(WordSource source) throws IOException;
  }

  /**
   * Checks what is asked of a file.
   *
   * @throws UserError if no file of its kind has that
   */
  public WordInput {
    if (kind.isBits() && meaning != null && meaning != NumberMeaning.RAW) {
      throw new UserError(
          options.file() + " is " + file + ": " + meaning.text() + " are asked for, and a "
              + kind.option() + " file holds the bits of words");
    }
    if (array != null && !kind.hasNames()) {
      throw new UserError("--array is " + array + ": a " + kind.option()
          + " file has one array, without a name");
    }
    if (digits != null && digits < 1) {
      throw new UserError("--digits is " + digits + ": it must be at least 1");
    }
  }

  /**
   * Opens the file, and reads.
   *
   * @throws UserError if it cannot be read
   */
  public <T> T read(Reader<T> reader) {
    try (WordSource source = open()) {
      return reader.read(source);
    } catch (NpyException e) {
      throw new UserError(String.valueOf(e.getMessage()), e);
    } catch (IOException e) {
      throw new UserError(
          options.file() + " is " + file + ": it cannot be read: " + Failure.reason(e), e);
    }
  }

  /** Opens the file, whose words are then read to their end. */
  public WordSource open() throws IOException {
    return switch (kind) {
      case NPY -> NpyWords.open(this);
      case NPZ -> NpzWords.open(this);
      case CSV, DECIMAL -> new DumpWords(this, numbers(ofDecimals));
      case HEX -> new DumpWords(this, DumpNumbers.of(format, DumpNotation.HEX));
      case MEM, MEMB -> new MemWords(this);
      case COE -> new CoeWords(this);
      case H -> new HeaderWords(this);
    };
  }

  /** Returns how numbers that are text are read, where the user does not say otherwise. */
  DumpNumbers numbers(NumberMeaning usual) {
    DumpNotation notation = switch (meaning == null ? usual : meaning) {
      case RAW -> DumpNotation.WORDS;
      case CAST -> DumpNotation.CAST;
      case VALUES -> digits == null ? DumpNotation.TO_STRING : DumpNotation.VALUES;
    };
    return digits == null
        ? DumpNumbers.of(format, notation)
        : new DumpNumbers(format, notation, digits);
  }

  /** Returns the error that a number is no word, at a place of the file. */
  UserError refused(String place, long index, IllegalArgumentException reason) {
    return new UserError(file + place + ", word [" + index + "]: " + reason.getMessage()
        + options.hint(String.valueOf(reason.getMessage())), reason);
  }
}
