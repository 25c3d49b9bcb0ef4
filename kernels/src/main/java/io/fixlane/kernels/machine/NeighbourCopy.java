package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.R10;
import static io.fixlane.kernels.machine.Register.R11;
import static io.fixlane.kernels.machine.Register.R12;
import static io.fixlane.kernels.machine.Register.R13;
import static io.fixlane.kernels.machine.Register.R8;
import static io.fixlane.kernels.machine.Register.R9;
import static io.fixlane.kernels.machine.Register.RAX;
import static io.fixlane.kernels.machine.Register.RBX;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RDX;
import static io.fixlane.kernels.machine.Register.RSI;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Puts each word of a row of pixels beside the words of the same channel in the pixels to the
 * right: lanes of 32 bits hold four bytes or two words of 16 bits, the first in the lowest bits.
 * With b the bits of a word, from the last pixel to the first,
 *
 * <pre>
 *   lane = 0
 *   lane = lane &lt;&lt; b | word        for each pixel
 * </pre>
 *
 * <p>It needs AVX2 on x86-64, and is called as long as a few copies of the words take.
 */
public final class NeighbourCopy {
  /** The channels of a step: only whole ones are copied. */
  public static final int STEP = 8;

  private static final int BITS = 256;
  private static final int MOST_CHAINS = 2;
  private static final int VECTORS = 2 * MOST_CHAINS;
  private static final int FROM = 0;
  private static final int TO = 1;
  private static final int ROWS = 2;
  private static final int ROW_FROM = 3;
  private static final int ROW_TO = 4;
  private static final int PIXELS = 5;
  private static final int PIXEL_FROM = 6;
  private static final int PIXEL_TO = 7;
  private static final int STEPS = 8;

  private static final AtomicReferenceArray<MemorySegment> CODE =
      new AtomicReferenceArray<>(Short.BYTES * MOST_CHAINS);

  private NeighbourCopy() {}

  /**
   * How pixels lie; all places count in words and in lanes.
   *
   * @param channels of a pixel, a multiple of {@link #STEP}
   * @param pixels of a row
   * @param pixel from one pixel of a row to the next
   * @param rows how many there are
   * @param row from one row to the next
   */
  public record Pixels(int channels, int pixels, int pixel, int rows, int row) {}

  private static MemorySegment code(int wordBytes, int chains) {
    int index = (wordBytes - 1) * MOST_CHAINS + chains - 1;
    MemorySegment written = CODE.get(index);
    if (written == null) {
      written = CodeMemory.of(write(wordBytes, chains, Abi.own()));
      CODE.set(index, written);
    }
    return written;
  }

  /**
   * Copies the pixels of some rows.
   *
   * @param wordBytes the bytes of a word, 1 or 2
   * @param words the words
   * @param lanes where they go, as ints
   * @param first the place of the first word, and of its lane
   * @param how how the pixels lie
   * @param numbers an array of nine numbers at least, which is written to
   * @param numberMemory the same as memory
   * @throws IllegalStateException if the system refuses memory for the code, at the first call
   */
  public static void copy(int wordBytes, MemorySegment words, MemorySegment lanes, long first,
      Pixels how, long[] numbers, MemorySegment numberMemory) {
    int chains = how.channels % (MOST_CHAINS * STEP) == 0 ? MOST_CHAINS : 1;
    long last = first + (how.pixels - 1L) * how.pixel;
    numbers[FROM] = last * wordBytes;
    numbers[TO] = last * Integer.BYTES;
    numbers[ROWS] = how.rows;
    numbers[ROW_FROM] = (long) how.row * wordBytes;
    numbers[ROW_TO] = (long) how.row * Integer.BYTES;
    numbers[PIXELS] = how.pixels;
    numbers[PIXEL_FROM] = -(long) how.pixel * wordBytes;
    numbers[PIXEL_TO] = -(long) how.pixel * Integer.BYTES;
    numbers[STEPS] = how.channels / (chains * STEP);
    MachineCall.call(code(wordBytes, chains), words, lanes, numberMemory, numberMemory,
        numberMemory, numberMemory, numberMemory);
  }

  /** Writes the code, which copies the channels of so many steps at once. */
  private static byte[] write(int wordBytes, int chains, Abi abi) {
    Assembler code = new Assembler();
    abi.enter(code, VECTORS);
    code.add(RDI, number(FROM));
    code.add(RSI, number(TO));
    code.mov(R11, number(PIXEL_FROM));
    code.mov(R12, number(PIXEL_TO));
    code.mov(R13, number(ROWS));
    Label rows = new Label();
    Label steps = new Label();
    Label pixels = new Label();
    code.bind(rows);
    code.mov(R8, RDI);
    code.mov(R9, RSI);
    code.mov(RCX, number(STEPS));
    code.bind(steps);
    code.mov(R10, number(PIXELS));
    code.mov(RBX, R9);
    code.mov(RAX, R8);
    for (int i = 0; i < chains; i++) {
      code.vectors().vpxor(lane(i), lane(i), lane(i));
    }
    code.bind(pixels);
    for (int i = 0; i < chains; i++) {
      pixel(code.vectors(), wordBytes, i);
    }
    code.add(RBX, R12);
    code.add(RAX, R11);
    code.add(R10, -1);
    code.jne(pixels);
    code.add(R8, chains * STEP * wordBytes);
    code.add(R9, chains * STEP * Integer.BYTES);
    code.add(RCX, -1);
    code.jne(steps);
    code.add(RDI, number(ROW_FROM));
    code.add(RSI, number(ROW_TO));
    code.add(R13, -1);
    code.jne(rows);
    abi.leave(code, VECTORS);
    return code.toBytes();
  }

  private static void pixel(VectorAssembler code, int wordBytes, int chain) {
    Address from = RAX.at(chain * STEP * wordBytes);
    Vector word = new Vector(MOST_CHAINS + chain, BITS);
    if (wordBytes == Byte.BYTES) {
      code.vpmovzxbd(word, from);
    } else {
      code.vpmovzxwd(word, from);
    }
    code.vpslld(lane(chain), lane(chain), wordBytes * Byte.SIZE);
    code.vpor(lane(chain), lane(chain), word);
    code.vmovdqu(RBX.at(chain * STEP * Integer.BYTES), lane(chain));
  }

  private static Vector lane(int chain) {
    return new Vector(chain, BITS);
  }

  private static Address number(int index) {
    return RDX.at(index * Long.BYTES);
  }
}
