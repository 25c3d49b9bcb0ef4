package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.R13;
import static io.fixlane.kernels.machine.Register.R14;
import static io.fixlane.kernels.machine.Register.R15;
import static io.fixlane.kernels.machine.Register.R8;
import static io.fixlane.kernels.machine.Register.R9;
import static io.fixlane.kernels.machine.Register.RAX;
import static io.fixlane.kernels.machine.Register.RBX;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDX;
import static io.fixlane.kernels.machine.Register.RSP;

import java.util.List;
import java.util.function.Consumer;

/** Instructions on vectors. */
final class VectorEncodings {
  static final List<Encoding<VectorAssembler>> ALL = List.of(
      of("vzeroupper", "C5F877", code -> code.vzeroupper()),
      of("vpdpbusd zmm0, zmm1, zmm2", "62F2754850C2",
          code -> code.vpdpbusd(zmm(0), zmm(1), zmm(2))),
      of("vpdpbusd zmm8, zmm15, zmm7", "6272054850C7",
          code -> code.vpdpbusd(zmm(8), zmm(15), zmm(7))),
      of("vpdpbusd zmm16, zmm31, zmm24", "6282054050C0",
          code -> code.vpdpbusd(zmm(16), zmm(31), zmm(24))),
      of("vpdpbusd zmm31, zmm8, zmm16", "62223D4850F8",
          code -> code.vpdpbusd(zmm(31), zmm(8), zmm(16))),
      of("{vex} vpdpbusd ymm0, ymm1, ymm2", "C4E27550C2",
          code -> code.vpdpbusd(ymm(0), ymm(1), ymm(2))),
      of("{vex} vpdpbusd ymm15, ymm9, ymm7", "C4623550FF",
          code -> code.vpdpbusd(ymm(15), ymm(9), ymm(7))),
      of("{vex} vpdpbusd ymm3, ymm15, ymm8", "C4C20550D8",
          code -> code.vpdpbusd(ymm(3), ymm(15), ymm(8))),
      of("vpdpwssd zmm0, zmm1, zmm2", "62F2754852C2",
          code -> code.vpdpwssd(zmm(0), zmm(1), zmm(2))),
      of("vpdpwssd zmm8, zmm15, zmm7", "6272054852C7",
          code -> code.vpdpwssd(zmm(8), zmm(15), zmm(7))),
      of("vpdpwssd zmm16, zmm31, zmm24", "6282054052C0",
          code -> code.vpdpwssd(zmm(16), zmm(31), zmm(24))),
      of("vpdpwssd zmm31, zmm8, zmm16", "62223D4852F8",
          code -> code.vpdpwssd(zmm(31), zmm(8), zmm(16))),
      of("{vex} vpdpwssd ymm0, ymm1, ymm2", "C4E27552C2",
          code -> code.vpdpwssd(ymm(0), ymm(1), ymm(2))),
      of("{vex} vpdpwssd ymm15, ymm9, ymm7", "C4623552FF",
          code -> code.vpdpwssd(ymm(15), ymm(9), ymm(7))),
      of("{vex} vpdpwssd ymm3, ymm15, ymm8", "C4C20552D8",
          code -> code.vpdpwssd(ymm(3), ymm(15), ymm(8))),
      of("vpmaddwd zmm0, zmm1, zmm2", "62F17548F5C2",
          code -> code.vpmaddwd(zmm(0), zmm(1), zmm(2))),
      of("vpmaddwd zmm8, zmm15, zmm7", "62710548F5C7",
          code -> code.vpmaddwd(zmm(8), zmm(15), zmm(7))),
      of("vpmaddwd zmm16, zmm31, zmm24", "62810540F5C0",
          code -> code.vpmaddwd(zmm(16), zmm(31), zmm(24))),
      of("vpmaddwd zmm31, zmm8, zmm16", "62213D48F5F8",
          code -> code.vpmaddwd(zmm(31), zmm(8), zmm(16))),
      of("vpmaddwd ymm0, ymm1, ymm2", "C5F5F5C2", code -> code.vpmaddwd(ymm(0), ymm(1), ymm(2))),
      of("vpmaddwd ymm15, ymm9, ymm7", "C535F5FF", code -> code.vpmaddwd(ymm(15), ymm(9), ymm(7))),
      of("vpmaddwd ymm3, ymm15, ymm8", "C4C105F5D8",
          code -> code.vpmaddwd(ymm(3), ymm(15), ymm(8))),
      of("vpaddd zmm0, zmm1, zmm2", "62F17548FEC2", code -> code.vpaddd(zmm(0), zmm(1), zmm(2))),
      of("vpaddd zmm8, zmm15, zmm7", "62710548FEC7", code -> code.vpaddd(zmm(8), zmm(15), zmm(7))),
      of("vpaddd zmm16, zmm31, zmm24", "62810540FEC0",
          code -> code.vpaddd(zmm(16), zmm(31), zmm(24))),
      of("vpaddd zmm31, zmm8, zmm16", "62213D48FEF8",
          code -> code.vpaddd(zmm(31), zmm(8), zmm(16))),
      of("vpaddd ymm0, ymm1, ymm2", "C5F5FEC2", code -> code.vpaddd(ymm(0), ymm(1), ymm(2))),
      of("vpaddd ymm15, ymm9, ymm7", "C535FEFF", code -> code.vpaddd(ymm(15), ymm(9), ymm(7))),
      of("vpaddd ymm3, ymm15, ymm8", "C4C105FED8", code -> code.vpaddd(ymm(3), ymm(15), ymm(8))),
      of("vpxord zmm0, zmm1, zmm2", "62F17548EFC2", code -> code.vpxor(zmm(0), zmm(1), zmm(2))),
      of("vpxord zmm8, zmm15, zmm7", "62710548EFC7", code -> code.vpxor(zmm(8), zmm(15), zmm(7))),
      of("vpxord zmm16, zmm31, zmm24", "62810540EFC0",
          code -> code.vpxor(zmm(16), zmm(31), zmm(24))),
      of("vpxord zmm31, zmm8, zmm16", "62213D48EFF8",
          code -> code.vpxor(zmm(31), zmm(8), zmm(16))),
      of("vpxor ymm0, ymm1, ymm2", "C5F5EFC2", code -> code.vpxor(ymm(0), ymm(1), ymm(2))),
      of("vpxor ymm15, ymm9, ymm7", "C535EFFF", code -> code.vpxor(ymm(15), ymm(9), ymm(7))),
      of("vpxor ymm3, ymm15, ymm8", "C4C105EFD8", code -> code.vpxor(ymm(3), ymm(15), ymm(8))),
      of("vmovdqu32 zmm3, [rax]", "62F17E486F18", code -> code.vmovdqu(zmm(3), RAX.at())),
      of("vmovdqu32 [rax], zmm3", "62F17E487F18", code -> code.vmovdqu(RAX.at(), zmm(3))),
      of("vpbroadcastd zmm3, dword ptr [rax]", "62F27D485818",
          code -> code.vpbroadcastd(zmm(3), RAX.at())),
      of("vmovdqu ymm2, [rax]", "C5FE6F10", code -> code.vmovdqu(ymm(2), RAX.at())),
      of("vmovdqu [rax], ymm2", "C5FE7F10", code -> code.vmovdqu(RAX.at(), ymm(2))),
      of("vpbroadcastd ymm2, dword ptr [rax]", "C4E27D5810",
          code -> code.vpbroadcastd(ymm(2), RAX.at())),
      of("vmovdqu32 zmm29, [rcx+64]", "62617E486F6901", code -> code.vmovdqu(zmm(29), RCX.at(64))),
      of("vmovdqu32 [rcx+64], zmm29", "62617E487F6901", code -> code.vmovdqu(RCX.at(64), zmm(29))),
      of("vpbroadcastd zmm29, dword ptr [rcx+64]", "62627D48586910",
          code -> code.vpbroadcastd(zmm(29), RCX.at(64))),
      of("vmovdqu ymm11, [rcx+64]", "C57E6F5940", code -> code.vmovdqu(ymm(11), RCX.at(64))),
      of("vmovdqu [rcx+64], ymm11", "C57E7F5940", code -> code.vmovdqu(RCX.at(64), ymm(11))),
      of("vpbroadcastd ymm11, dword ptr [rcx+64]", "C4627D585940",
          code -> code.vpbroadcastd(ymm(11), RCX.at(64))),
      of("vmovdqu32 zmm3, [rcx+192]", "62F17E486F5903", code -> code.vmovdqu(zmm(3), RCX.at(192))),
      of("vmovdqu32 [rcx+192], zmm3", "62F17E487F5903", code -> code.vmovdqu(RCX.at(192), zmm(3))),
      of("vpbroadcastd zmm3, dword ptr [rcx+192]", "62F27D48585930",
          code -> code.vpbroadcastd(zmm(3), RCX.at(192))),
      of("vmovdqu ymm2, [rcx+192]", "C5FE6F91C0000000", code -> code.vmovdqu(ymm(2), RCX.at(192))),
      of("vmovdqu [rcx+192], ymm2", "C5FE7F91C0000000", code -> code.vmovdqu(RCX.at(192), ymm(2))),
      of("vpbroadcastd ymm2, dword ptr [rcx+192]", "C4E27D5891C0000000",
          code -> code.vpbroadcastd(ymm(2), RCX.at(192))),
      of("vmovdqu32 zmm29, [r13]", "62417E486F6D00", code -> code.vmovdqu(zmm(29), R13.at())),
      of("vmovdqu32 [r13], zmm29", "62417E487F6D00", code -> code.vmovdqu(R13.at(), zmm(29))),
      of("vpbroadcastd zmm29, dword ptr [r13]", "62427D48586D00",
          code -> code.vpbroadcastd(zmm(29), R13.at())),
      of("vmovdqu ymm11, [r13]", "C4417E6F5D00", code -> code.vmovdqu(ymm(11), R13.at())),
      of("vmovdqu [r13], ymm11", "C4417E7F5D00", code -> code.vmovdqu(R13.at(), ymm(11))),
      of("vpbroadcastd ymm11, dword ptr [r13]", "C4427D585D00",
          code -> code.vpbroadcastd(ymm(11), R13.at())),
      of("vmovdqu32 zmm3, [rsp+144]", "62F17E486F9C2490000000",
          code -> code.vmovdqu(zmm(3), RSP.at(144))),
      of("vmovdqu32 [rsp+144], zmm3", "62F17E487F9C2490000000",
          code -> code.vmovdqu(RSP.at(144), zmm(3))),
      of("vpbroadcastd zmm3, dword ptr [rsp+144]", "62F27D48585C2424",
          code -> code.vpbroadcastd(zmm(3), RSP.at(144))),
      of("vmovdqu ymm2, [rsp+144]", "C5FE6F942490000000",
          code -> code.vmovdqu(ymm(2), RSP.at(144))),
      of("vmovdqu [rsp+144], ymm2", "C5FE7F942490000000",
          code -> code.vmovdqu(RSP.at(144), ymm(2))),
      of("vpbroadcastd ymm2, dword ptr [rsp+144]", "C4E27D58942490000000",
          code -> code.vpbroadcastd(ymm(2), RSP.at(144))),
      of("vmovdqu32 zmm29, [r9+8192]", "62417E486FA900200000",
          code -> code.vmovdqu(zmm(29), R9.at(8192))),
      of("vmovdqu32 [r9+8192], zmm29", "62417E487FA900200000",
          code -> code.vmovdqu(R9.at(8192), zmm(29))),
      of("vpbroadcastd zmm29, dword ptr [r9+8192]", "62427D4858A900200000",
          code -> code.vpbroadcastd(zmm(29), R9.at(8192))),
      of("vmovdqu ymm11, [r9+8192]", "C4417E6F9900200000",
          code -> code.vmovdqu(ymm(11), R9.at(8192))),
      of("vmovdqu [r9+8192], ymm11", "C4417E7F9900200000",
          code -> code.vmovdqu(R9.at(8192), ymm(11))),
      of("vpbroadcastd ymm11, dword ptr [r9+8192]", "C4427D589900200000",
          code -> code.vpbroadcastd(ymm(11), R9.at(8192))),
      of("vmovdqu32 zmm3, [rdx-33]", "62F17E486F9ADFFFFFFF",
          code -> code.vmovdqu(zmm(3), RDX.at(-33))),
      of("vmovdqu32 [rdx-33], zmm3", "62F17E487F9ADFFFFFFF",
          code -> code.vmovdqu(RDX.at(-33), zmm(3))),
      of("vpbroadcastd zmm3, dword ptr [rdx-33]", "62F27D48589ADFFFFFFF",
          code -> code.vpbroadcastd(zmm(3), RDX.at(-33))),
      of("vmovdqu ymm2, [rdx-33]", "C5FE6F52DF", code -> code.vmovdqu(ymm(2), RDX.at(-33))),
      of("vmovdqu [rdx-33], ymm2", "C5FE7F52DF", code -> code.vmovdqu(RDX.at(-33), ymm(2))),
      of("vpbroadcastd ymm2, dword ptr [rdx-33]", "C4E27D5852DF",
          code -> code.vpbroadcastd(ymm(2), RDX.at(-33))),
      of("vmovdqu32 zmm29, [rbx+r8*4]", "62217E486F2C83",
          code -> code.vmovdqu(zmm(29), RBX.at(R8, 4))),
      of("vmovdqu32 [rbx+r8*4], zmm29", "62217E487F2C83",
          code -> code.vmovdqu(RBX.at(R8, 4), zmm(29))),
      of("vpbroadcastd zmm29, dword ptr [rbx+r8*4]", "62227D48582C83",
          code -> code.vpbroadcastd(zmm(29), RBX.at(R8, 4))),
      of("vmovdqu ymm11, [rbx+r8*4]", "C4217E6F1C83",
          code -> code.vmovdqu(ymm(11), RBX.at(R8, 4))),
      of("vmovdqu [rbx+r8*4], ymm11", "C4217E7F1C83",
          code -> code.vmovdqu(RBX.at(R8, 4), ymm(11))),
      of("vpbroadcastd ymm11, dword ptr [rbx+r8*4]", "C4227D581C83",
          code -> code.vpbroadcastd(ymm(11), RBX.at(R8, 4))),
      of("vmovdqu32 zmm3, [r15+r14*8]", "62917E486F1CF7",
          code -> code.vmovdqu(zmm(3), R15.at(R14, 8))),
      of("vmovdqu32 [r15+r14*8], zmm3", "62917E487F1CF7",
          code -> code.vmovdqu(R15.at(R14, 8), zmm(3))),
      of("vpbroadcastd zmm3, dword ptr [r15+r14*8]", "62927D48581CF7",
          code -> code.vpbroadcastd(zmm(3), R15.at(R14, 8))),
      of("vmovdqu ymm2, [r15+r14*8]", "C4817E6F14F7",
          code -> code.vmovdqu(ymm(2), R15.at(R14, 8))),
      of("vmovdqu [r15+r14*8], ymm2", "C4817E7F14F7",
          code -> code.vmovdqu(R15.at(R14, 8), ymm(2))),
      of("vpbroadcastd ymm2, dword ptr [r15+r14*8]", "C4827D5814F7",
          code -> code.vpbroadcastd(ymm(2), R15.at(R14, 8))),
      of("vpbroadcastd zmm1, dword ptr [rax+508]", "62F27D4858487F",
          code -> code.vpbroadcastd(zmm(1), RAX.at(508))),
      of("vmovdqu xmm6, [rsp]", "C5FA6F3424", code -> code.vmovdqu(xmm(6), RSP.at())),
      of("vmovdqu [rsp+144], xmm15", "C57A7FBC2490000000",
          code -> code.vmovdqu(RSP.at(144), xmm(15))));

  private VectorEncodings() {}

  private static Encoding<VectorAssembler> of(String text, String bytes,
      Consumer<VectorAssembler> write) {
    return new Encoding<>(text, bytes, write);
  }

  private static Vector zmm(int number) {
    return new Vector(number, 512);
  }

  private static Vector ymm(int number) {
    return new Vector(number, 256);
  }

  private static Vector xmm(int number) {
    return new Vector(number, 128);
  }
}
