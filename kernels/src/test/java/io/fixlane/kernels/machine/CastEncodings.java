package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.R13;
import static io.fixlane.kernels.machine.Register.R9;
import static io.fixlane.kernels.machine.Register.RAX;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RSP;

import java.util.List;
import java.util.function.Consumer;

/** Instructions on vectors that clamp, shift and narrow sums. */
final class CastEncodings {
  static final List<Encoding<VectorAssembler>> ALL = List.of(
      of("vpmaxsd zmm0, zmm1, zmm2", "62F275483DC2", code -> code.vpmaxsd(zmm(0), zmm(1), zmm(2))),
      of("vpmaxsd zmm8, zmm15, zmm7", "627205483DC7",
          code -> code.vpmaxsd(zmm(8), zmm(15), zmm(7))),
      of("vpmaxsd zmm16, zmm31, zmm24", "628205403DC0",
          code -> code.vpmaxsd(zmm(16), zmm(31), zmm(24))),
      of("vpmaxsd zmm31, zmm8, zmm16", "62223D483DF8",
          code -> code.vpmaxsd(zmm(31), zmm(8), zmm(16))),
      of("vpmaxsd ymm0, ymm1, ymm2", "C4E2753DC2", code -> code.vpmaxsd(ymm(0), ymm(1), ymm(2))),
      of("vpmaxsd ymm15, ymm9, ymm7", "C462353DFF", code -> code.vpmaxsd(ymm(15), ymm(9), ymm(7))),
      of("vpmaxsd ymm3, ymm15, ymm8", "C4C2053DD8", code -> code.vpmaxsd(ymm(3), ymm(15), ymm(8))),
      of("vpminsd zmm0, zmm1, zmm2", "62F2754839C2", code -> code.vpminsd(zmm(0), zmm(1), zmm(2))),
      of("vpminsd zmm8, zmm15, zmm7", "6272054839C7",
          code -> code.vpminsd(zmm(8), zmm(15), zmm(7))),
      of("vpminsd zmm16, zmm31, zmm24", "6282054039C0",
          code -> code.vpminsd(zmm(16), zmm(31), zmm(24))),
      of("vpminsd zmm31, zmm8, zmm16", "62223D4839F8",
          code -> code.vpminsd(zmm(31), zmm(8), zmm(16))),
      of("vpminsd ymm0, ymm1, ymm2", "C4E27539C2", code -> code.vpminsd(ymm(0), ymm(1), ymm(2))),
      of("vpminsd ymm15, ymm9, ymm7", "C4623539FF", code -> code.vpminsd(ymm(15), ymm(9), ymm(7))),
      of("vpminsd ymm3, ymm15, ymm8", "C4C20539D8", code -> code.vpminsd(ymm(3), ymm(15), ymm(8))),
      of("vpsravd zmm0, zmm1, zmm2", "62F2754846C2", code -> code.vpsravd(zmm(0), zmm(1), zmm(2))),
      of("vpsravd zmm8, zmm15, zmm7", "6272054846C7",
          code -> code.vpsravd(zmm(8), zmm(15), zmm(7))),
      of("vpsravd zmm16, zmm31, zmm24", "6282054046C0",
          code -> code.vpsravd(zmm(16), zmm(31), zmm(24))),
      of("vpsravd zmm31, zmm8, zmm16", "62223D4846F8",
          code -> code.vpsravd(zmm(31), zmm(8), zmm(16))),
      of("vpsravd ymm0, ymm1, ymm2", "C4E27546C2", code -> code.vpsravd(ymm(0), ymm(1), ymm(2))),
      of("vpsravd ymm15, ymm9, ymm7", "C4623546FF", code -> code.vpsravd(ymm(15), ymm(9), ymm(7))),
      of("vpsravd ymm3, ymm15, ymm8", "C4C20546D8", code -> code.vpsravd(ymm(3), ymm(15), ymm(8))),
      of("vpslld zmm0, zmm1, 24", "62F17D4872F118", code -> code.vpslld(zmm(0), zmm(1), 24)),
      of("vpslld zmm8, zmm15, 24", "62D13D4872F718", code -> code.vpslld(zmm(8), zmm(15), 24)),
      of("vpslld zmm16, zmm31, 24", "62917D4072F718", code -> code.vpslld(zmm(16), zmm(31), 24)),
      of("vpslld zmm31, zmm8, 24", "62D1054072F018", code -> code.vpslld(zmm(31), zmm(8), 24)),
      of("vpslld ymm0, ymm1, 24", "C5FD72F118", code -> code.vpslld(ymm(0), ymm(1), 24)),
      of("vpslld ymm15, ymm9, 24", "C4C10572F118", code -> code.vpslld(ymm(15), ymm(9), 24)),
      of("vpslld ymm3, ymm15, 24", "C4C16572F718", code -> code.vpslld(ymm(3), ymm(15), 24)),
      of("vpsrld zmm0, zmm1, 24", "62F17D4872D118", code -> code.vpsrld(zmm(0), zmm(1), 24)),
      of("vpsrld zmm8, zmm15, 24", "62D13D4872D718", code -> code.vpsrld(zmm(8), zmm(15), 24)),
      of("vpsrld zmm16, zmm31, 24", "62917D4072D718", code -> code.vpsrld(zmm(16), zmm(31), 24)),
      of("vpsrld zmm31, zmm8, 24", "62D1054072D018", code -> code.vpsrld(zmm(31), zmm(8), 24)),
      of("vpsrld ymm0, ymm1, 24", "C5FD72D118", code -> code.vpsrld(ymm(0), ymm(1), 24)),
      of("vpsrld ymm15, ymm9, 24", "C4C10572D118", code -> code.vpsrld(ymm(15), ymm(9), 24)),
      of("vpsrld ymm3, ymm15, 24", "C4C16572D718", code -> code.vpsrld(ymm(3), ymm(15), 24)),
      of("vpsrad zmm0, zmm1, 24", "62F17D4872E118", code -> code.vpsrad(zmm(0), zmm(1), 24)),
      of("vpsrad zmm8, zmm15, 24", "62D13D4872E718", code -> code.vpsrad(zmm(8), zmm(15), 24)),
      of("vpsrad zmm16, zmm31, 24", "62917D4072E718", code -> code.vpsrad(zmm(16), zmm(31), 24)),
      of("vpsrad zmm31, zmm8, 24", "62D1054072E018", code -> code.vpsrad(zmm(31), zmm(8), 24)),
      of("vpsrad ymm0, ymm1, 24", "C5FD72E118", code -> code.vpsrad(ymm(0), ymm(1), 24)),
      of("vpsrad ymm15, ymm9, 24", "C4C10572E118", code -> code.vpsrad(ymm(15), ymm(9), 24)),
      of("vpsrad ymm3, ymm15, 24", "C4C16572E718", code -> code.vpsrad(ymm(3), ymm(15), 24)),
      of("vpackssdw xmm0, xmm1, xmm2", "C5F16BC2", code -> code.vpackssdw(xmm(0), xmm(1), xmm(2))),
      of("vpackssdw xmm15, xmm9, xmm7", "C5316BFF",
          code -> code.vpackssdw(xmm(15), xmm(9), xmm(7))),
      of("vpackssdw xmm3, xmm15, xmm8", "C4C1016BD8",
          code -> code.vpackssdw(xmm(3), xmm(15), xmm(8))),
      of("vpackusdw xmm0, xmm1, xmm2", "C4E2712BC2",
          code -> code.vpackusdw(xmm(0), xmm(1), xmm(2))),
      of("vpackusdw xmm15, xmm9, xmm7", "C462312BFF",
          code -> code.vpackusdw(xmm(15), xmm(9), xmm(7))),
      of("vpackusdw xmm3, xmm15, xmm8", "C4C2012BD8",
          code -> code.vpackusdw(xmm(3), xmm(15), xmm(8))),
      of("vpacksswb xmm0, xmm1, xmm2", "C5F163C2", code -> code.vpacksswb(xmm(0), xmm(1), xmm(2))),
      of("vpacksswb xmm15, xmm9, xmm7", "C53163FF",
          code -> code.vpacksswb(xmm(15), xmm(9), xmm(7))),
      of("vpacksswb xmm3, xmm15, xmm8", "C4C10163D8",
          code -> code.vpacksswb(xmm(3), xmm(15), xmm(8))),
      of("vpackuswb xmm0, xmm1, xmm2", "C5F167C2", code -> code.vpackuswb(xmm(0), xmm(1), xmm(2))),
      of("vpackuswb xmm15, xmm9, xmm7", "C53167FF",
          code -> code.vpackuswb(xmm(15), xmm(9), xmm(7))),
      of("vpackuswb xmm3, xmm15, xmm8", "C4C10167D8",
          code -> code.vpackuswb(xmm(3), xmm(15), xmm(8))),
      of("vextracti128 xmm0, ymm1, 1", "C4E37D39C801", code -> code.vextracti128(xmm(0), ymm(1))),
      of("vextracti128 xmm15, ymm9, 1", "C4437D39CF01", code -> code.vextracti128(xmm(15), ymm(9))),
      of("vextracti128 xmm3, ymm15, 1", "C4637D39FB01", code -> code.vextracti128(xmm(3), ymm(15))),
      of("vextracti128 xmm12, ymm4, 1", "C4C37D39E401", code -> code.vextracti128(xmm(12), ymm(4))),
      of("vpmovdb [rax], zmm3", "62F27E483118", code -> code.vpmovdb(RAX.at(), zmm(3))),
      of("vpmovdw [rax], zmm3", "62F27E483318", code -> code.vpmovdw(RAX.at(), zmm(3))),
      of("vpmovdb [rax], zmm29", "62627E483128", code -> code.vpmovdb(RAX.at(), zmm(29))),
      of("vpmovdw [rax], zmm29", "62627E483328", code -> code.vpmovdw(RAX.at(), zmm(29))),
      of("vmovq [rax], xmm2", "C5F9D610", code -> code.vmovq(RAX.at(), xmm(2))),
      of("vmovdqu [rax], xmm2", "C5FA7F10", code -> code.vmovdqu(RAX.at(), xmm(2))),
      of("vmovq [rax], xmm11", "C579D618", code -> code.vmovq(RAX.at(), xmm(11))),
      of("vmovdqu [rax], xmm11", "C57A7F18", code -> code.vmovdqu(RAX.at(), xmm(11))),
      of("vpmovdb [rcx+16], zmm3", "62F27E48315901", code -> code.vpmovdb(RCX.at(16), zmm(3))),
      of("vpmovdw [rcx+16], zmm3", "62F27E48339910000000",
          code -> code.vpmovdw(RCX.at(16), zmm(3))),
      of("vpmovdb [rcx+16], zmm29", "62627E48316901", code -> code.vpmovdb(RCX.at(16), zmm(29))),
      of("vpmovdw [rcx+16], zmm29", "62627E4833A910000000",
          code -> code.vpmovdw(RCX.at(16), zmm(29))),
      of("vmovq [rcx+16], xmm2", "C5F9D65110", code -> code.vmovq(RCX.at(16), xmm(2))),
      of("vmovdqu [rcx+16], xmm2", "C5FA7F5110", code -> code.vmovdqu(RCX.at(16), xmm(2))),
      of("vmovq [rcx+16], xmm11", "C579D65910", code -> code.vmovq(RCX.at(16), xmm(11))),
      of("vmovdqu [rcx+16], xmm11", "C57A7F5910", code -> code.vmovdqu(RCX.at(16), xmm(11))),
      of("vpmovdb [r13], zmm3", "62D27E48315D00", code -> code.vpmovdb(R13.at(), zmm(3))),
      of("vpmovdw [r13], zmm3", "62D27E48335D00", code -> code.vpmovdw(R13.at(), zmm(3))),
      of("vpmovdb [r13], zmm29", "62427E48316D00", code -> code.vpmovdb(R13.at(), zmm(29))),
      of("vpmovdw [r13], zmm29", "62427E48336D00", code -> code.vpmovdw(R13.at(), zmm(29))),
      of("vmovq [r13], xmm2", "C4C179D65500", code -> code.vmovq(R13.at(), xmm(2))),
      of("vmovdqu [r13], xmm2", "C4C17A7F5500", code -> code.vmovdqu(R13.at(), xmm(2))),
      of("vmovq [r13], xmm11", "C44179D65D00", code -> code.vmovq(R13.at(), xmm(11))),
      of("vmovdqu [r13], xmm11", "C4417A7F5D00", code -> code.vmovdqu(R13.at(), xmm(11))),
      of("vpmovdb [r9+48], zmm3", "62D27E48315903", code -> code.vpmovdb(R9.at(48), zmm(3))),
      of("vpmovdw [r9+48], zmm3", "62D27E48339930000000", code -> code.vpmovdw(R9.at(48), zmm(3))),
      of("vpmovdb [r9+48], zmm29", "62427E48316903", code -> code.vpmovdb(R9.at(48), zmm(29))),
      of("vpmovdw [r9+48], zmm29", "62427E4833A930000000",
          code -> code.vpmovdw(R9.at(48), zmm(29))),
      of("vmovq [r9+48], xmm2", "C4C179D65130", code -> code.vmovq(R9.at(48), xmm(2))),
      of("vmovdqu [r9+48], xmm2", "C4C17A7F5130", code -> code.vmovdqu(R9.at(48), xmm(2))),
      of("vmovq [r9+48], xmm11", "C44179D65930", code -> code.vmovq(R9.at(48), xmm(11))),
      of("vmovdqu [r9+48], xmm11", "C4417A7F5930", code -> code.vmovdqu(R9.at(48), xmm(11))),
      of("vpmovdb [rsp+144], zmm3", "62F27E48315C2409", code -> code.vpmovdb(RSP.at(144), zmm(3))),
      of("vpmovdw [rsp+144], zmm3", "62F27E48339C2490000000",
          code -> code.vpmovdw(RSP.at(144), zmm(3))),
      of("vpmovdb [rsp+144], zmm29", "62627E48316C2409",
          code -> code.vpmovdb(RSP.at(144), zmm(29))),
      of("vpmovdw [rsp+144], zmm29", "62627E4833AC2490000000",
          code -> code.vpmovdw(RSP.at(144), zmm(29))),
      of("vmovq [rsp+144], xmm2", "C5F9D6942490000000", code -> code.vmovq(RSP.at(144), xmm(2))),
      of("vmovdqu [rsp+144], xmm2", "C5FA7F942490000000",
          code -> code.vmovdqu(RSP.at(144), xmm(2))),
      of("vmovq [rsp+144], xmm11", "C579D69C2490000000", code -> code.vmovq(RSP.at(144), xmm(11))),
      of("vmovdqu [rsp+144], xmm11", "C57A7F9C2490000000",
          code -> code.vmovdqu(RSP.at(144), xmm(11))));

  private CastEncodings() {}

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
