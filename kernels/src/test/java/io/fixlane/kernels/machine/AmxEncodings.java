package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.R10;
import static io.fixlane.kernels.machine.Register.R11;
import static io.fixlane.kernels.machine.Register.R13;
import static io.fixlane.kernels.machine.Register.R15;
import static io.fixlane.kernels.machine.Register.RAX;
import static io.fixlane.kernels.machine.Register.RBP;
import static io.fixlane.kernels.machine.Register.RBX;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RSP;

import java.util.List;
import java.util.function.Consumer;

/** Instructions of AMX. */
final class AmxEncodings {
  static final List<Encoding<AmxAssembler>> ALL = List.of(
      of("ldtilecfg [rdi]", "C4E2784907", code -> code.ldtilecfg(RDI.at())),
      of("ldtilecfg [r13+4096]", "C4C278498500100000", code -> code.ldtilecfg(R13.at(4096))),
      of("ldtilecfg [rsp+64]", "C4E27849442440", code -> code.ldtilecfg(RSP.at(64))),
      of("tilerelease", "C4E27849C0", AmxAssembler::tilerelease),
      of("tilezero tmm0", "C4E27B49C0", code -> code.tilezero(0)),
      of("tilezero tmm7", "C4E27B49F8", code -> code.tilezero(7)),
      of("tileloadd tmm0, [rbx+r10*1]", "C4A27B4B0413",
          code -> code.tileloadd(0, RBX.at(R10, 1))),
      of("tileloadd tmm7, [r13+r11*1+64]", "C4827B4B7C1D40",
          code -> code.tileloadd(7, new Address(R13, R11, 1, 64))),
      of("tileloadd tmm5, [rcx+r11*1+1024]", "C4A27B4BAC1900040000",
          code -> code.tileloadd(5, new Address(RCX, R11, 1, 1024))),
      of("tileloadd tmm3, [r15+rbp*1]", "C4C27B4B1C2F",
          code -> code.tileloadd(3, R15.at(RBP, 1))),
      of("tilestored [r13+r11*1], tmm0", "C4827A4B441D00",
          code -> code.tilestored(R13.at(R11, 1), 0)),
      of("tilestored [rax+r15*1+192], tmm6", "C4A27A4BB438C0000000",
          code -> code.tilestored(new Address(RAX, R15, 1, 192), 6)),
      of("tilestored [r13+r11*1+2048], tmm3", "C4827A4B9C1D00080000",
          code -> code.tilestored(new Address(R13, R11, 1, 2048), 3)),
      of("tdpbusd tmm0, tmm7, tmm5", "C4E2515EC7", code -> code.tdpbusd(0, 7, 5)),
      of("tdpbusd tmm3, tmm6, tmm4", "C4E2595EDE", code -> code.tdpbusd(3, 6, 4)),
      of("tdpbusd tmm7, tmm0, tmm1", "C4E2715EF8", code -> code.tdpbusd(7, 0, 1)));

  private AmxEncodings() {}

  private static Encoding<AmxAssembler> of(
      String text, String bytes, Consumer<AmxAssembler> write) {
    return new Encoding<>(text, bytes, write);
  }
}
