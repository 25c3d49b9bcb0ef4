package io.fixlane.kernels.machine;

import static io.fixlane.kernels.machine.Register.R12;
import static io.fixlane.kernels.machine.Register.R13;
import static io.fixlane.kernels.machine.Register.R15;
import static io.fixlane.kernels.machine.Register.R8;
import static io.fixlane.kernels.machine.Register.R9;
import static io.fixlane.kernels.machine.Register.RAX;
import static io.fixlane.kernels.machine.Register.RBP;
import static io.fixlane.kernels.machine.Register.RBX;
import static io.fixlane.kernels.machine.Register.RCX;
import static io.fixlane.kernels.machine.Register.RDI;
import static io.fixlane.kernels.machine.Register.RDX;
import static io.fixlane.kernels.machine.Register.RSI;
import static io.fixlane.kernels.machine.Register.RSP;

import java.util.List;
import java.util.function.Consumer;

/** Instructions on general registers. */
final class GeneralEncodings {
  static final List<Encoding<Assembler>> ALL = List.of(
      of("mov rax, rbx", "4889D8", code -> code.mov(RAX, RBX)),
      of("mov r15, rdi", "4989FF", code -> code.mov(R15, RDI)),
      of("mov rsi, r8", "4C89C6", code -> code.mov(RSI, R8)),
      of("mov rbp, [rsp+56]", "488B6C2438", code -> code.mov(RBP, RSP.at(56))),
      of("mov rax, [rbp]", "488B4500", code -> code.mov(RAX, RBP.at())),
      of("mov r9, [r13]", "4D8B4D00", code -> code.mov(R9, R13.at())),
      of("mov r9, [r12-128]", "4D8B4C2480", code -> code.mov(R9, R12.at(-128))),
      of("mov rcx, [rdx+128]", "488B8A80000000", code -> code.mov(RCX, RDX.at(128))),
      of("mov rcx, [rdx+r9*8]", "4A8B0CCA", code -> code.mov(RCX, RDX.at(R9, 8))),
      of("mov rcx, [r13+r12*2]", "4B8B4C6500", code -> code.mov(RCX, R13.at(R12, 2))),
      of("mov [rbp+96], rax", "48894560", code -> code.mov(RBP.at(96), RAX)),
      of("mov [r12], r15", "4D893C24", code -> code.mov(R12.at(), R15)),
      of("mov [rdi+8], ecx", "894F08", code -> code.movl(RDI.at(8), RCX)),
      of("mov [r8], r9d", "458908", code -> code.movl(R8.at(), R9)),
      of("movsxd r8, dword ptr [rdx]", "4C6302", code -> code.movsxd(R8, RDX.at())),
      of("movsxd rbx, dword ptr [rsi+28]", "48635E1C", code -> code.movsxd(RBX, RSI.at(28))),
      of("lea rax, [rdi+rax*4]", "488D0487", code -> code.lea(RAX, RDI.at(RAX, 4))),
      of("lea r15, [rdi+r15*4]", "4E8D3CBF", code -> code.lea(R15, RDI.at(R15, 4))),
      of("lea rsp, [rsp-160]", "488DA42460FFFFFF", code -> code.lea(RSP, RSP.at(-160))),
      of("add rax, rbx", "4801D8", code -> code.add(RAX, RBX)),
      of("add r9, rbx", "4901D9", code -> code.add(R9, RBX)),
      of("add rdi, [rbp+48]", "48037D30", code -> code.add(RDI, RBP.at(48))),
      of("add r8, [rbp+64]", "4C034540", code -> code.add(R8, RBP.at(64))),
      of("add rsi, 32", "4883C620", code -> code.add(RSI, 32)),
      of("add rcx, 127", "4883C17F", code -> code.add(RCX, 127)),
      of("add rcx, 128", "4881C180000000", code -> code.add(RCX, 128)),
      of("add r8, 1", "4983C001", code -> code.add(R8, 1)),
      of("add rsp, -160", "4881C460FFFFFF", code -> code.add(RSP, -160)),
      of("sub qword ptr [rbp], 1", "48836D0001", code -> code.sub(RBP.at(), 1)),
      of("sub qword ptr [r13+96], 1", "49836D6001", code -> code.sub(R13.at(96), 1)),
      of("cmp dword ptr [rsi+12], 0", "837E0C00", code -> code.cmpl(RSI.at(12), 0)),
      of("cmp dword ptr [r13], -1", "41837D00FF", code -> code.cmpl(R13.at(), -1)),
      of("cmp rdi, rcx", "4839CF", code -> code.cmp(RDI, RCX)),
      of("cmp r9, r8", "4D39C1", code -> code.cmp(R9, R8)),
      of("cmp r8, 64", "4983F840", code -> code.cmp(R8, 64)),
      of("cmp rdx, 1000", "4881FAE8030000", code -> code.cmp(RDX, 1000)),
      of("cmp r8, [rbp+24]", "4C3B4518", code -> code.cmp(R8, RBP.at(24))),
      of("cmp qword ptr [rbp+8], 5", "48837D0805", code -> code.cmp(RBP.at(8), 5)),
      of("xor ecx, ecx", "31C9", code -> code.clear(RCX)),
      of("xor r8d, r8d", "4531C0", code -> code.clear(R8)),
      of("push rbx", "53", code -> code.push(RBX)),
      of("push r15", "4157", code -> code.push(R15)),
      of("pop r12", "415C", code -> code.pop(R12)),
      of("pop rbp", "5D", code -> code.pop(RBP)),
      of("ret", "C3", code -> code.ret()),
      of("cpuid", "0FA2", code -> code.cpuid()),
      of("xgetbv", "0F01D0", code -> code.xgetbv()));

  private GeneralEncodings() {}

  private static Encoding<Assembler> of(String text, String bytes, Consumer<Assembler> write) {
    return new Encoding<>(text, bytes, write);
  }
}
