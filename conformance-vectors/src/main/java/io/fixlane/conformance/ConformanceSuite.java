package io.fixlane.conformance;

import io.fixlane.conformance.ConformanceReport.OperationCount;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs vector files against an implementation, and counts the words that differ.
 *
 * {@snippet class="io.fixlane.conformance.OwnImplementationExample" region="run"}
 *
 * @param implementation what is checked
 * @param maxMismatches how many mismatches of a file are kept in full; all are counted
 * @param progress is told how far the reading has come
 */
public record ConformanceSuite(Implementation implementation, int maxMismatches,
    Progress progress) {
  private static final int DEFAULT_MISMATCHES = 10;

  /** Stands for the result that an implementation does not compute. */
  private static final Words NOT_COVERED = Words.ofDoubles();

  /** Is told how far the reading of a file has come. */
  @FunctionalInterface
  public interface Progress {
    /**
     * Called after each line of expected words, and at the end.
     *
     * @param source the file
     * @param bytesRead how many of its {@link VectorSource#size} bytes have been read
     */
    void read(VectorSource source, long bytesRead);
  }

  /**
   * Makes a suite.
   *
   * @throws IllegalArgumentException if {@code maxMismatches} is negative
   */
  public ConformanceSuite {
    if (maxMismatches < 0) {
      throw new IllegalArgumentException(
          "maxMismatches is " + maxMismatches + ": it must be at least 0");
    }
  }

  /**
   * Makes a suite that keeps the first {@value #DEFAULT_MISMATCHES} mismatches of a file and
   * reports no progress.
   */
  public ConformanceSuite(Implementation implementation) {
    this(implementation, DEFAULT_MISMATCHES, (_, _) -> {});
  }

  /**
   * Runs one file.
   *
   * @throws VectorFileException if it cannot be read or breaks a rule of the format
   * @throws ImplementationException if the implementation fails on a block
   */
  public ConformanceReport run(VectorSource source) throws IOException {
    Run run = new Run(source.name());
    try (VectorReader reader = new VectorReader(source)) {
      for (VectorBlock block = reader.nextBlock(); block != null; block = reader.nextBlock()) {
        run.count(block, 1, 0, 0, 0, 0);
        for (ExpectedWords z = reader.nextExpected(); z != null; z = reader.nextExpected()) {
          run.check(block, z);
          progress.read(source, reader.bytesRead());
        }
      }
      progress.read(source, reader.bytesRead());
    }
    return new ConformanceReport(
        source.name(), implementation.name(), List.copyOf(run.counts.values()), run.mismatches);
  }

  private final class Run {
    private final String file;
    private final Map<String, OperationCount> counts = new LinkedHashMap<>();
    private final List<Mismatch> mismatches = new ArrayList<>();

    Run(String file) {
      this.file = file;
    }

    void check(VectorBlock block, ExpectedWords z) {
      int size = z.words().size();
      long start = System.nanoTime();
      Words got = compute(block, z);
      long nanoseconds = System.nanoTime() - start;
      if (got == NOT_COVERED) {
        count(block, 0, size, 0, size, 0);
      } else {
        count(block, 0, size, compare(block, z, got), 0, nanoseconds);
      }
    }

    private Words compute(VectorBlock block, ExpectedWords z) {
      WordType type = z.words().type();
      Words got;
      try {
        if (!implementation.covers(block, type)) {
          return NOT_COVERED;
        }
        got = implementation.compute(block, type);
      } catch (RuntimeException e) {
        throw new ImplementationException(place(block, z) + " fails: " + e, e);
      }
      if (!got.type().equals(type) || got.size() != z.words().size()) {
        throw new ImplementationException(
            place(block, z) + " gives " + got + " instead of " + z.words());
      }
      return got;
    }

    private String place(VectorBlock block, ExpectedWords z) {
      return file + ", line " + z.line() + ": " + implementation.name() + " on the block '"
          + block.operation().text()
          + "' of line " + block.line();
    }

    private long compare(VectorBlock block, ExpectedWords z, Words got) {
      long count = 0;
      for (int i = z.words().mismatch(got, 0); i >= 0; i = z.words().mismatch(got, i + 1)) {
        count++;
        if (mismatches.size() < maxMismatches) {
          mismatches.add(new Mismatch(file, z.line(), block.operation(), block.accumulator(),
              OperandsOf.result(block, i), z.words().word("z", i), got.word("z", i)));
        }
      }
      return count;
    }

    void count(VectorBlock block, long blocks, long values, long wrong, long notCovered,
        long nanoseconds) {
      String name = block.operation().name();
      counts.merge(name, new OperationCount(name, blocks, values, wrong, notCovered, nanoseconds),
          OperationCount::plus);
    }
  }
}
