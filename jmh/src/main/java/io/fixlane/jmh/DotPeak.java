package io.fixlane.jmh;

import static io.fixlane.kernels.machine.Register.R8;
import static io.fixlane.kernels.machine.Register.R9;
import static io.fixlane.kernels.machine.Register.RAX;
import static io.fixlane.kernels.machine.Register.RBP;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RDX;
import static io.fixlane.kernels.machine.Register.RSI;

import io.fixlane.jmh.count.MacCounter;
import io.fixlane.kernels.machine.Abi;
import io.fixlane.kernels.machine.Assembler;
import io.fixlane.kernels.machine.CodeMemory;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.Label;
import io.fixlane.kernels.machine.MachineCall;
import io.fixlane.kernels.machine.MachineCode;
import io.fixlane.kernels.machine.Processor;
import io.fixlane.kernels.machine.Vector;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The innermost loop of dot products in machine code and nothing else: a tile of 5 or 6 rows x 4
 * vectors, or x 2 where there are 16 registers, of operands from the L1 cache. All operands are 1,
 * so that a sum counts its products.
 */
final class DotPeak {
  private static final int STEPS = 64;
  private static final int PASSES = 8;

  /** What products are made by. */
  enum Kind {
    /** Four products of bytes, summed by one instruction. */
    VPDPBUSD(true),
    /** Two products of words of 16 bits, summed by one instruction. */
    VPDPWSSD(true),
    /** Two products of words of 16 bits, summed by two instructions. */
    VPMADDWD(false),
    /** Four products of bytes, summed by three instructions, one of which multiplies by ones. */
    VPMADDUBSW(false);

    private final boolean vnni;

    Kind(boolean vnni) {
      this.vnni = vnni;
    }

    private int products() {
      return this == VPDPBUSD || this == VPMADDUBSW ? 4 : 2;
    }

    /** Returns the rows whose sums fill the registers. */
    private int rows() {
      return this == VPMADDUBSW ? 5 : 6;
    }
  }

  private final Kind kind;
  private final int bits;
  private final int vectors;
  private final MemorySegment code;
  private final MemorySegment a;
  private final MemorySegment panel;
  private final int[] sum = new int[16];
  private final MemorySegment sums = MemorySegment.ofArray(sum);
  private final MemorySegment wordOnes = MemorySegment.ofArray(new int[] {0x0001_0001});

  private DotPeak(Kind kind, int bits) {
    this.kind = kind;
    this.bits = bits;
    this.vectors = Vector.registers(bits) == 16 ? 2 : 4;
    this.code = CodeMemory.of(write());
    byte[] ones = new byte[STEPS * vectors * bits / Byte.SIZE];
    for (int i = 0; i < ones.length; i += 4 / kind.products()) {
      ones[i] = 1;
    }
    this.a = MemorySegment.ofArray(Arrays.copyOf(ones, STEPS * kind.rows() * Integer.BYTES));
    this.panel = MemorySegment.ofArray(ones);
  }

  /**
   * Returns the loop in the longest vectors that plans may use here, or null where the processor
   * has none.
   */
  static @Nullable DotPeak of(Kind kind) {
    DotInstructions ofPlans = MachineCode.instructions();
    if (ofPlans == null) {
      return null;
    }
    Processor processor = Processor.own();
    int bits = Stream.of(DotInstructions.values())
        .filter(each -> processor.has(each) && !each.arm() && each.vnni() == kind.vnni)
        .mapToInt(DotInstructions::bits).filter(each -> each <= ofPlans.bits()).max().orElse(0);
    return bits == 0 ? null : new DotPeak(kind, bits);
  }

  /** Runs the loop and counts its products. */
  void run(MacCounter counter) {
    Arrays.fill(sum, 0);
    MachineCall.call(code, a, panel, sums, wordOnes, sums, sums, sums);
    int products = PASSES * STEPS * kind.rows() * vectors * kind.products();
    if (sum[0] != products) {
      throw new IllegalStateException("a sum is " + sum[0] + ": it must be " + products);
    }
    counter.macs += (long) products * (bits / Integer.SIZE);
  }

  private byte[] write() {
    Assembler assembler = new Assembler();
    Abi abi = Abi.own();
    abi.enter(assembler, Vector.registers(bits));
    for (int i = 0; i < kind.rows() * vectors; i++) {
      assembler.vectors().vmovdqu(sum(i), RDX.at());
    }
    if (kind == Kind.VPMADDUBSW) {
      assembler.vectors().vpbroadcastd(ones(), RCX.at());
    }
    assembler.clear(R9);
    Label passes = new Label();
    assembler.bind(passes);
    assembler.mov(RAX, RDI);
    assembler.mov(RCX, RSI);
    assembler.clear(R8);
    Label steps = new Label();
    assembler.bind(steps);
    step(assembler);
    assembler.add(R8, 1);
    assembler.cmp(R8, STEPS);
    assembler.jne(steps);
    assembler.add(R9, 1);
    assembler.cmp(R9, PASSES);
    assembler.jne(passes);
    for (int i = 1; i < kind.rows() * vectors; i++) {
      assembler.vectors().vpaddd(sum(0), sum(0), sum(i));
    }
    assembler.vectors().vmovdqu(RBP.at(), sum(0));
    abi.leave(assembler, Vector.registers(bits));
    return assembler.toBytes();
  }

  private void step(Assembler assembler) {
    for (int j = 0; j < vectors; j++) {
      assembler.vectors().vmovdqu(vector(2 + j), RCX.at(j * bits / Byte.SIZE));
    }
    for (int i = 0; i < kind.rows(); i++) {
      assembler.vectors().vpbroadcastd(vector(0), RAX.at(i * Integer.BYTES));
      for (int j = 0; j < vectors; j++) {
        Vector sum = sum(i * vectors + j);
        switch (kind) {
          case VPDPBUSD -> assembler.vectors().vpdpbusd(sum, vector(0), vector(2 + j));
          case VPDPWSSD -> assembler.vectors().vpdpwssd(sum, vector(0), vector(2 + j));
          case VPMADDWD -> {
            assembler.vectors().vpmaddwd(vector(1), vector(0), vector(2 + j));
            assembler.vectors().vpaddd(sum, sum, vector(1));
          }
          case VPMADDUBSW -> {
            assembler.vectors().vpmaddubsw(vector(1), vector(0), vector(2 + j));
            assembler.vectors().vpmaddwd(vector(1), vector(1), ones());
            assembler.vectors().vpaddd(sum, sum, vector(1));
          }
        }
      }
    }
    assembler.add(RAX, kind.rows() * Integer.BYTES);
    assembler.add(RCX, vectors * bits / Byte.SIZE);
  }

  private Vector ones() {
    return sum(kind.rows() * vectors);
  }

  private Vector sum(int i) {
    return vector(2 + vectors + i);
  }

  private Vector vector(int number) {
    return new Vector(number, bits);
  }
}
