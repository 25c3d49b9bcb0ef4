package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.R8;
import static io.fixlane.kernels.machine.Register.R9;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RDX;
import static io.fixlane.kernels.machine.Register.RSI;

import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Copies halves of bytes, each a number from 0 to 15, into bytes that are smaller by 8: of each
 * block of bytes first the lower halves and then the upper ones. It needs AVX2.
 */
public final class HalfByteCopy {
  private static final int BITS = 256;
  private static final int STEP = BITS / Byte.SIZE;
  private static final int VECTORS = 4;
  /** A call keeps the collector waiting, and takes some 20 microseconds for so many. */
  private static final int MOST_BYTES = 1 << 18;
  private static final int FROM = 0;
  private static final int TO = 1;
  private static final int BLOCKS = 2;
  private static final int BLOCK = 3;
  private static final int LOWER = 4;
  private static final int BIAS = 5;
  private static final long LOWER_HALVES = 0x0F0F_0F0FL;
  private static final long BIASES = 0x0808_0808L;

  private static volatile @Nullable MemorySegment code;

  private HalfByteCopy() {}

  private static MemorySegment code() {
    MemorySegment written = code;
    return written == null ? make() : written;
  }

  private static synchronized MemorySegment make() {
    MemorySegment written = code;
    if (written == null) {
      written = CodeMemory.of(write(Abi.own()));
      code = written;
    }
    return written;
  }

  /**
   * Copies whole blocks.
   *
   * @param source where the bytes lie
   * @param from the offset of the first
   * @param target where their halves go, twice as many bytes
   * @param to the offset of the first
   * @param bytes how many bytes there are, whole blocks and not 0
   * @param block the bytes of a block, a multiple of 32
   * @param numbers an array of six numbers at least, which is written to
   * @param numberMemory the same as memory
   * @throws IllegalStateException if the system refuses memory for the code, at the first call
   */
  public static void copy(MemorySegment source, long from, MemorySegment target, long to,
      long bytes, int block, long[] numbers, MemorySegment numberMemory) {
    numbers[BLOCK] = block;
    numbers[LOWER] = LOWER_HALVES;
    numbers[BIAS] = BIASES;
    long most = MOST_BYTES - MOST_BYTES % block;
    for (long done = 0; done < bytes; done += most) {
      numbers[FROM] = from + done;
      numbers[TO] = to + 2 * done;
      numbers[BLOCKS] = Math.min(most, bytes - done) / block;
      MachineCall.call(code(), source, target, numberMemory, numberMemory, numberMemory,
          numberMemory, numberMemory);
    }
  }

  /** A block's upper halves go as far behind its lower ones as it is long. */
  private static byte[] write(Abi abi) {
    Assembler code = new Assembler();
    VectorAssembler lanes = code.vectors();
    Vector lower = new Vector(0, BITS);
    Vector bias = new Vector(1, BITS);
    Vector words = new Vector(2, BITS);
    Vector upper = new Vector(3, BITS);
    abi.enter(code, VECTORS);
    code.add(RDI, RDX.at(FROM * Long.BYTES));
    code.add(RSI, RDX.at(TO * Long.BYTES));
    code.mov(R9, RDX.at(BLOCK * Long.BYTES));
    lanes.vpbroadcastd(lower, RDX.at(LOWER * Long.BYTES));
    lanes.vpbroadcastd(bias, RDX.at(BIAS * Long.BYTES));
    Label blocks = new Label();
    Label steps = new Label();
    code.bind(blocks);
    code.mov(RCX, RDI);
    code.add(RCX, R9);
    code.mov(R8, RSI);
    code.add(R8, R9);
    code.bind(steps);
    lanes.vmovdqu(words, RDI.at());
    lanes.vpsrld(upper, words, Byte.SIZE / 2);
    lanes.vpand(words, words, lower);
    lanes.vpand(upper, upper, lower);
    lanes.vpsubb(words, words, bias);
    lanes.vpsubb(upper, upper, bias);
    lanes.vmovdqu(RSI.at(), words);
    lanes.vmovdqu(R8.at(), upper);
    code.add(RDI, STEP);
    code.add(RSI, STEP);
    code.add(R8, STEP);
    code.cmp(RDI, RCX);
    code.jne(steps);
    code.add(RSI, R9);
    code.sub(RDX.at(BLOCKS * Long.BYTES), 1);
    code.jne(blocks);
    abi.leave(code, VECTORS);
    return code.toBytes();
  }
}
