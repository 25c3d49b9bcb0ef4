package io.fixlane.tensor;

import io.fixlane.format.FixedFormat;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;
import java.util.stream.LongStream;

/** The table that shows a tensor: matrices of aligned columns, each under its index. */
final class TensorText {
  /** The longest dimension shown in full. */
  private static final int LONGEST = 8;
  /** How much of a longer one is shown at either end. */
  private static final int EDGE = 3;
  /** Stands for all indexes between. */
  private static final long ELIDED = -1;

  private static final String DOTS = "...";
  private static final MathContext DIGITS = new MathContext(8);

  private final FixedTensor tensor;
  private final int[] shape;
  private final long columns;
  private final long rows;
  private final int width;

  private TensorText(FixedTensor tensor) {
    this.tensor = tensor;
    this.shape = tensor.shape();
    this.columns = shape.length < 1 ? 1 : shape[shape.length - 1];
    this.rows = shape.length < 2 ? 1 : shape[shape.length - 2];
    this.width = kept(matrices())
        .flatMap(matrix -> kept(shown(rows)).map(row -> matrix * rows + row))
        .flatMap(row -> kept(shown(columns)).map(column -> cell(row, column).length()))
        .mapToInt(Math::toIntExact)
        .max()
        .orElse(0);
  }

  static String of(FixedTensor tensor) {
    return tensor.format() + " " + Arrays.toString(tensor.shape())
        + (tensor.size() == 0 ? "" : new TensorText(tensor).table());
  }

  private String table() {
    StringBuilder table = new StringBuilder();
    matrices().forEach(matrix -> {
      if (shape.length > 2) {
        table.append('\n').append(matrix == ELIDED ? DOTS : index(matrix));
      }
      if (matrix != ELIDED) {
        appendMatrix(table, matrix);
      }
    });
    return table.toString();
  }

  private void appendMatrix(StringBuilder table, long matrix) {
    shown(rows).forEach(row -> {
      table.append('\n');
      if (row == ELIDED) {
        table.append("  ").append(DOTS);
        return;
      }
      shown(columns).forEach(column -> table.append("  ")
          .append(column == ELIDED ? DOTS : padded(cell(matrix * rows + row, column))));
    });
  }

  private String padded(String cell) {
    return " ".repeat(width - cell.length()) + cell;
  }

  private LongStream matrices() {
    return shown(tensor.size() / (rows * columns));
  }

  private static LongStream shown(long length) {
    return length <= LONGEST
        ? LongStream.range(0, length)
        : LongStream.concat(
            LongStream.concat(LongStream.range(0, EDGE), LongStream.of(ELIDED)),
            LongStream.range(length - EDGE, length));
  }

  private static LongStream kept(LongStream indexes) {
    return indexes.filter(index -> index != ELIDED);
  }

  private String cell(long row, long column) {
    // Not Fixed, which would refuse a word that is out of range.
    FixedFormat format = tensor.format();
    BigInteger word = RawWords.exact(format, tensor.raw(row * columns + column));
    if (Math.abs((long) format.fractionBits()) > FixedFormat.MAX_WIDTH) {
      return word + " x 2^" + -(long) format.fractionBits();
    }
    BigDecimal value = format.value(word);
    BigDecimal shortest = value.round(DIGITS).stripTrailingZeros();
    boolean plain =
        shortest.scale() <= 0 && shortest.precision() - shortest.scale() <= DIGITS.getPrecision();
    return plain ? shortest.toPlainString() : shortest.toString();
  }

  /** The index of a matrix: that of its first word, without row and column. */
  private String index(long matrix) {
    int[] index = new int[shape.length - 2];
    long rest = matrix;
    for (int i = index.length - 1; i >= 0; i--) {
      index[i] = (int) (rest % shape[i]);
      rest /= shape[i];
    }
    return Arrays.toString(index);
  }
}
