package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.R13;
import static io.fixlane.kernels.machine.Register.R15;
import static io.fixlane.kernels.machine.Register.R9;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RSP;
import static io.fixlane.kernels.machine.VectorEncodings.of;
import static io.fixlane.kernels.machine.VectorEncodings.ymm;
import static io.fixlane.kernels.machine.VectorEncodings.zmm;

import java.util.List;

/** Instructions that put neighbouring words into one lane. */
final class NeighbourEncodings {
  static final List<Encoding<VectorAssembler>> ALL = List.of(
      of("vpord zmm0, zmm1, zmm2", "62F17548EBC2", code -> code.vpor(zmm(0), zmm(1), zmm(2))),
      of("vpord zmm8, zmm15, zmm7", "62710548EBC7", code -> code.vpor(zmm(8), zmm(15), zmm(7))),
      of("vpord zmm16, zmm31, zmm24", "62810540EBC0", code -> code.vpor(zmm(16), zmm(31), zmm(24))),
      of("vpord zmm31, zmm8, zmm16", "62213D48EBF8", code -> code.vpor(zmm(31), zmm(8), zmm(16))),
      of("vpor ymm0, ymm1, ymm2", "C5F5EBC2", code -> code.vpor(ymm(0), ymm(1), ymm(2))),
      of("vpor ymm15, ymm9, ymm7", "C535EBFF", code -> code.vpor(ymm(15), ymm(9), ymm(7))),
      of("vpor ymm3, ymm15, ymm8", "C4C105EBD8", code -> code.vpor(ymm(3), ymm(15), ymm(8))),
      of("vpmovzxbd zmm3, [r13]", "62D27D48315D00", code -> code.vpmovzxbd(zmm(3), R13.at())),
      of("vpmovzxbd zmm3, [r9+48]", "62D27D48315903", code -> code.vpmovzxbd(zmm(3), R9.at(48))),
      of("vpmovzxbd zmm3, [rsp+144]", "62F27D48315C2409",
          code -> code.vpmovzxbd(zmm(3), RSP.at(144))),
      of("vpmovzxbd zmm3, [rdi+r15*4+4096]", "62B27D48319CBF00100000",
          code -> code.vpmovzxbd(zmm(3), new Address(RDI, R15, 4, 4096))),
      of("vpmovzxbd zmm29, [r13]", "62427D48316D00", code -> code.vpmovzxbd(zmm(29), R13.at())),
      of("vpmovzxbd zmm29, [r9+48]", "62427D48316903", code -> code.vpmovzxbd(zmm(29), R9.at(48))),
      of("vpmovzxbd zmm29, [rsp+144]", "62627D48316C2409",
          code -> code.vpmovzxbd(zmm(29), RSP.at(144))),
      of("vpmovzxbd zmm29, [rdi+r15*4+4096]", "62227D4831ACBF00100000",
          code -> code.vpmovzxbd(zmm(29), new Address(RDI, R15, 4, 4096))),
      of("vpmovzxbd ymm2, [r13]", "C4C27D315500", code -> code.vpmovzxbd(ymm(2), R13.at())),
      of("vpmovzxbd ymm2, [r9+48]", "C4C27D315130", code -> code.vpmovzxbd(ymm(2), R9.at(48))),
      of("vpmovzxbd ymm2, [rsp+144]", "C4E27D31942490000000",
          code -> code.vpmovzxbd(ymm(2), RSP.at(144))),
      of("vpmovzxbd ymm2, [rdi+r15*4+4096]", "C4A27D3194BF00100000",
          code -> code.vpmovzxbd(ymm(2), new Address(RDI, R15, 4, 4096))),
      of("vpmovzxbd ymm11, [r13]", "C4427D315D00", code -> code.vpmovzxbd(ymm(11), R13.at())),
      of("vpmovzxbd ymm11, [r9+48]", "C4427D315930", code -> code.vpmovzxbd(ymm(11), R9.at(48))),
      of("vpmovzxbd ymm11, [rsp+144]", "C4627D319C2490000000",
          code -> code.vpmovzxbd(ymm(11), RSP.at(144))),
      of("vpmovzxbd ymm11, [rdi+r15*4+4096]", "C4227D319CBF00100000",
          code -> code.vpmovzxbd(ymm(11), new Address(RDI, R15, 4, 4096))),
      of("vpmovzxwd zmm3, [r13]", "62D27D48335D00", code -> code.vpmovzxwd(zmm(3), R13.at())),
      of("vpmovzxwd zmm3, [r9+48]", "62D27D48339930000000",
          code -> code.vpmovzxwd(zmm(3), R9.at(48))),
      of("vpmovzxwd zmm3, [rsp+144]", "62F27D48339C2490000000",
          code -> code.vpmovzxwd(zmm(3), RSP.at(144))),
      of("vpmovzxwd zmm3, [rdi+r15*4+4096]", "62B27D48339CBF00100000",
          code -> code.vpmovzxwd(zmm(3), new Address(RDI, R15, 4, 4096))),
      of("vpmovzxwd zmm29, [r13]", "62427D48336D00", code -> code.vpmovzxwd(zmm(29), R13.at())),
      of("vpmovzxwd zmm29, [r9+48]", "62427D4833A930000000",
          code -> code.vpmovzxwd(zmm(29), R9.at(48))),
      of("vpmovzxwd zmm29, [rsp+144]", "62627D4833AC2490000000",
          code -> code.vpmovzxwd(zmm(29), RSP.at(144))),
      of("vpmovzxwd zmm29, [rdi+r15*4+4096]", "62227D4833ACBF00100000",
          code -> code.vpmovzxwd(zmm(29), new Address(RDI, R15, 4, 4096))),
      of("vpmovzxwd ymm2, [r13]", "C4C27D335500", code -> code.vpmovzxwd(ymm(2), R13.at())),
      of("vpmovzxwd ymm2, [r9+48]", "C4C27D335130", code -> code.vpmovzxwd(ymm(2), R9.at(48))),
      of("vpmovzxwd ymm2, [rsp+144]", "C4E27D33942490000000",
          code -> code.vpmovzxwd(ymm(2), RSP.at(144))),
      of("vpmovzxwd ymm2, [rdi+r15*4+4096]", "C4A27D3394BF00100000",
          code -> code.vpmovzxwd(ymm(2), new Address(RDI, R15, 4, 4096))),
      of("vpmovzxwd ymm11, [r13]", "C4427D335D00", code -> code.vpmovzxwd(ymm(11), R13.at())),
      of("vpmovzxwd ymm11, [r9+48]", "C4427D335930", code -> code.vpmovzxwd(ymm(11), R9.at(48))),
      of("vpmovzxwd ymm11, [rsp+144]", "C4627D339C2490000000",
          code -> code.vpmovzxwd(ymm(11), RSP.at(144))),
      of("vpmovzxwd ymm11, [rdi+r15*4+4096]", "C4227D339CBF00100000",
          code -> code.vpmovzxwd(ymm(11), new Address(RDI, R15, 4, 4096))));

  private NeighbourEncodings() {}
}
