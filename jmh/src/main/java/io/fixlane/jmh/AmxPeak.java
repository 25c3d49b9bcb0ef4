package io.fixlane.jmh;

import static io.fixlane.kernels.machine.Register.R10;
import static io.fixlane.kernels.machine.Register.R9;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RDX;
import static io.fixlane.kernels.machine.Register.RSI;

import io.fixlane.jmh.count.MacCounter;
import io.fixlane.kernels.machine.Abi;
import io.fixlane.kernels.machine.Address;
import io.fixlane.kernels.machine.AmxAssembler;
import io.fixlane.kernels.machine.AmxCopy;
import io.fixlane.kernels.machine.AmxRoom;
import io.fixlane.kernels.machine.Assembler;
import io.fixlane.kernels.machine.CodeMemory;
import io.fixlane.kernels.machine.DotInstructions;
import io.fixlane.kernels.machine.Label;
import io.fixlane.kernels.machine.MachineCall;
import io.fixlane.kernels.machine.MachineCode;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The innermost loop of products by AMX and nothing else: two matrices of activations and two of
 * weights from the L1 cache, and four products of them. All operands are 1, so that a sum counts
 * its products.
 */
final class AmxPeak {
  private static final int STEPS = 512;
  private static final int MATRICES = 2;
  private static final int COLUMNS = 16;
  private static final int FIRST_OPERAND = MATRICES * MATRICES;

  private final MemorySegment room = AmxRoom.allocate();
  private final MemorySegment ones =
      Arena.ofAuto().allocate((long) MATRICES * AmxCopy.MATRIX, AmxCopy.STEP).fill((byte) 1);
  private final MemorySegment code = CodeMemory.of(write());

  private AmxPeak() {}

  /** Returns the loop, or null where plans do not use AMX. */
  static @Nullable AmxPeak of() {
    return MachineCode.instructions() == DotInstructions.AMX ? new AmxPeak() : null;
  }

  /** Runs the loop and counts its products. */
  void run(MacCounter counter) {
    MachineCall.call(code, ones, ones, room, room, room, room, room);
    int products = STEPS * AmxCopy.STEP;
    int sum = room.get(ValueLayout.JAVA_INT, 0);
    if (sum != products) {
      throw new IllegalStateException("a sum is " + sum + ": it must be " + products);
    }
    counter.macs += (long) products * AmxCopy.ROWS * COLUMNS * MATRICES * MATRICES;
  }

  private static byte[] write() {
    Assembler code = new Assembler();
    AmxAssembler matrices = code.matrices();
    Abi abi = Abi.own();
    abi.enter(code, 0);
    matrices.ldtilecfg(RDX.at(AmxRoom.CONFIGURATION));
    code.clear(R10);
    code.add(R10, AmxCopy.STEP);
    code.clear(R9);
    code.add(R9, STEPS);
    Label steps = new Label();
    code.bind(steps);
    for (int i = 0; i < MATRICES; i++) {
      matrices.tileloadd(activations(i), new Address(RDI, R10, 1, i * AmxCopy.MATRIX));
      matrices.tileloadd(weights(i), new Address(RSI, R10, 1, i * AmxCopy.MATRIX));
    }
    for (int i = 0; i < MATRICES * MATRICES; i++) {
      matrices.tdpbusd(i, activations(i / MATRICES), weights(i % MATRICES));
    }
    code.add(R9, -1);
    code.jne(steps);
    matrices.tilestored(RDX.at(R10, 1), 0);
    matrices.tilerelease();
    abi.leave(code, 0);
    return code.toBytes();
  }

  private static int activations(int i) {
    return FIRST_OPERAND + i;
  }

  private static int weights(int i) {
    return FIRST_OPERAND + MATRICES + i;
  }
}
