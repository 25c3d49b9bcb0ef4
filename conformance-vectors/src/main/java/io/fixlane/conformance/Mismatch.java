package io.fixlane.conformance;

import io.fixlane.format.FixedFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A word that an implementation got wrong.
 *
 * @param file the name of the file
 * @param line the number of the {@code z} line, from 1
 * @param operation what was to be computed
 * @param accumulator the format of a layer's sums, or null where the operation takes none
 * @param operands the words that this one result depends on, in the order in which the operation
 *     uses them: a pair x, y for each step of a sum, after the bias if there is one
 * @param expected what the file has
 * @param got what the implementation computed
 */
public record Mismatch(
    String file,
    long line,
    Operation operation,
    @Nullable FixedFormat accumulator,
    List<Word> operands,
    Word expected,
    Word got) {}
