package io.fixlane.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way of breaking the format has one error, which names the place and the rule. */
class MalformedVectorTest {
  private static final String CAST = "op\tcast\nx\tap_fixed<8,3>\t1 2 3\nz\tap_fixed<4,2>\t0 0 0\n";

  private static Arguments broken(String text, String message) {
    return Arguments.of(text, message);
  }

  /** Breaks the good file by replacing a part of it. */
  private static Arguments cast(String part, String replacement, String message) {
    assertThat(CAST).contains(part);
    return broken(CAST.replace(part, replacement), message);
  }

  private static Arguments binary(String op, String y, String z, String message) {
    return broken("op\t" + op + "\nx\tap_fixed<8,3>\t1 2\n" + y + z, message);
  }

  private static Arguments operation(String text, String message) {
    return broken("op\t" + text + "\nx\tap_fixed<8,3>\t1\nz\tap_fixed<8,3>\t1\n",
        "line 1, column 4: " + message);
  }

  static Stream<Arguments> lines() {
    return Stream.of(
        broken("",
            "line 1, column 1: the file is empty: expected a block, which begins with an op line"),
        broken("\r\n  \n# no block\n",
            "line 4, column 1: the file is empty: expected a block, which begins with an op line"),
        broken("0.34375 -0.34375 \n", "line 1, column 18: no TAB in the line '0.34375 -0.34375': "
            + "a TAB separates its fields; plain numbers are a dump, which fixlane compare reads"),
        broken("op\n", "line 1, column 3: no TAB in the line 'op': a TAB separates its fields"),
        broken("x\tap_fixed<8,3>\t1\n",
            "line 1, column 1: a line 'x' before the first block: a block begins with an op line"),
        broken("\u00e9" + CAST,
            "line 1, column 1: unknown key '\\xc3\\xa9op': expected op, x, y, bias, acc or z"),
        cast("cast\n", "cast\r", "line 1, column 8: a carriage return without a line feed"),
        cast("3\n", "3\r", "line 2, column 22: expected a space between values, but found "
            + "a carriage return without a line feed"),
        cast("x\t", "x ",
            "line 2, column 1: unknown key 'x ap_fixed<8,3>': expected op, x, y, bias, acc or z"),
        cast("op\tcast", "op cast",
            "line 1, column 8: no TAB in the line 'op cast': a TAB separates its fields"),
        cast("x\t", "w\t", "line 2, column 1: unknown key 'w': expected op, x, y, bias, acc or z"),
        cast(">\t1", "> 1", "line 2, column 3: 'ap_fixed<8,3> 1 2 3' is not a format: "
            + "expected ap_fixed<W,I,Q,O,N> or ap_ufixed<W,I,Q,O,N>"),
        cast(">\t0 0 0", ">",
            "line 3, column 16: expected a TAB between format and values, but found the end "
                + "of the line"),
        cast("1 2 3", "",
            "line 2, column 17: expected a decimal integer, but found the end of the line"),
        cast("1 2 3", "1 2.5 3",
            "line 2, column 20: expected a space between values, but found '.'"),
        cast("1 2 3", "1 +2 3", "line 2, column 19: expected a decimal integer, but found '+'"),
        cast("1 2 3", "1 - 3", "line 2, column 20: expected a decimal integer, but found a space"),
        cast("1 2 3", "1 \0 3",
            "line 2, column 19: expected a decimal integer, but found the byte \\x00"),
        cast("1 2 3", "1\t2 3",
            "line 2, column 18: expected a space between values, but found a TAB"),
        cast("1 2 3", "1 128 3",
            "line 2, column 19: raw word 128 is out of range for ap_fixed<8,3>: "
                + "it must lie in -128..127"),
        cast("1 2 3", "1 99999999999999999999 3",
            "line 2, column 19: raw word 99999999999999999999 is out of range for "
                + "ap_fixed<8,3>: it must lie in -128..127"),
        cast("0 0 0", "0 0", "line 3, column 20: z has 2 values: expected 3"),
        cast("0 0 0", "0 0 0 0",
            "line 3, column 23: more than 3 values on the line: the operands call for 3"),
        cast("z\tap_fixed<4,2>\t0 0 0\n", "",
            "line 3, column 1: the block 'cast' of line 1 ends without its z line"),
        cast("z\tap_fixed<4,2>", "op\tcast\nx\tap_fixed<4,2>",
            "line 3, column 1: the block 'cast' of line 1 ends without its z line"),
        cast("x\tap_fixed<8,3>\t1 2 3\n", "",
            "line 2, column 1: a line 'z' where the block 'cast' of line 1 needs its x "
                + "line: each stands once, in the order op, x, y, bias, acc, z"),
        cast("z\tap", "x\tap",
            "line 3, column 1: a line 'x' where the block 'cast' of line 1 needs its z line: "
                + "each stands once, in the order op, x, y, bias, acc, z"),
        cast("z\tap", "y\tap", "line 3, column 1: cast takes no y line"),
        cast("z\tap", "acc\tap", "line 3, column 1: cast takes no acc line"),
        broken(CAST + "x\tap_fixed<8,3>\t1\n", "line 4, column 1: a line 'x' after a z line: "
            + "the operands of a block stand before its first z"),
        cast("fixed<4,2>", "fixed<4,2,AP_NEAREST>",
            "line 3, column 3: 'ap_fixed<4,2,AP_NEAREST>' is not a format: "
                + "Q is 'AP_NEAREST': expected one of AP_RND, AP_RND_ZERO, AP_RND_MIN_INF, "
                + "AP_RND_INF, AP_RND_CONV, AP_TRN, "
                + "AP_TRN_ZERO"),
        cast("x\tap_fixed<8,3>", "x\tdouble",
            "line 2, column 3: x of cast is double: it must be a fixed-point format"),
        cast("z\tap_fixed<4,2>", "z\tdouble",
            "line 3, column 3: z of cast is double: it must be a fixed-point format"),
        cast("op\tcast", "op\tto_double",
            "line 3, column 3: z of to_double is ap_fixed<4,2>: it must be double"),
        cast("op\tcast", "op\tfrom_double",
            "line 2, column 3: x of from_double is ap_fixed<8,3>: it must be double"));
  }

  static Stream<Arguments> operations() {
    return Stream.of(
        operation("tan",
            "unknown operation 'tan': expected one of cast, from_double, to_double, add, "
                + "sub, mul, div, neg, "
                + "shl, shr, dot, gemm, conv2d, khot, khot_gemm"),
        operation("cast 3", "cast takes no argument, but is followed by '3'"),
        broken("op\tcast\t3\n", "line 1, column 8: expected the end of the line, but found a TAB"),
        operation("shl", "shl takes one argument, n, but has 0"),
        operation("shl 1 2", "shl takes one argument, n, but has 2"),
        operation("shr x",
            "n is 'x': expected an integer, an optional - and digits from 0 to 9"),
        operation("shr +3",
            "n is '+3': expected an integer, an optional - and digits from 0 to 9"),
        operation("shl 2147483648", "n is '2147483648': expected an integer of 32 bits"),
        operation("dot 0", "k is 0: it must be at least 1"),
        operation("gemm m=1 n=1 k=1", "gemm lacks the argument relu="),
        operation("gemm m=1 n=1 k=1 relu=2", "relu is 2: it must be 0 or 1"),
        operation("gemm m=1 n=1 m=1 k=1 relu=0", "gemm has the argument m= twice"),
        operation("gemm m=1 n=1 k=1 q=3 relu=0",
            "'q=3' is not an argument of gemm: expected m= n= k= relu="),
        operation("gemm m=0 n=1 k=1 relu=0", "m is 0: it must be at least 1"),
        operation("gemm m=70000 n=1 k=70000 relu=0",
            "x would have more than 4194304 words: make the sizes smaller"),
        broken("op\tgemm m=300 n=1 k=300 relu=0\nx\tap_fixed<4096,3>\t1\n",
            "line 2, column 3: x would have 90000 words of ap_fixed<4096,3>: "
                + "a line holds at most 65536"),
        operation("khot K=0 rule=NEAREST", "k is 0: it must be at least 1"),
        operation("khot K=two rule=NEAREST",
            "K is 'two': expected an integer, an optional - and digits from 0 to 9"),
        operation("khot K=2", "khot lacks the argument rule="),
        operation("khot K=2 rule=nearest",
            "rule is 'nearest': expected one of TRUNCATE, NEAREST, SIGNED_DIGITS"),
        operation("khot_gemm m=1 n=1 k=1 relu=0 rule=NEAREST", "khot_gemm lacks the argument K="),
        operation("khot_gemm m=0 n=1 k=1 relu=0 K=1 rule=NEAREST", "m is 0: it must be at least 1"),
        operation("conv2d c=1 h=2 w=2 o=1 kh=3 kw=1 stride=1 pad=0 relu=0",
            "the kernel spans 3 rows: it must fit in the padded image, which has 2"),
        operation("conv2d c=1 h=2 w=2 o=1 kh=1 kw=1 stride=1 pad=2000000000 relu=0",
            "the padded image has 4000000002 rows: it must have at most 2147483647"),
        operation("conv2d c=1 h=2 w=2 o=1 kh=1 kw=1 stride=0 pad=0 relu=0",
            "strideY is 0: it must be positive"),
        operation("conv2d c=1 h=2 w=2 o=1 kh=1 kw=1 stride=1,2,3 pad=0 relu=0",
            "stride is '1,2,3': expected one integer, or 2 with commas between them"),
        operation("conv2d c=1 h=2 w=2 o=1 kh=1 kw=1 stride=1 pad=1,2 relu=0",
            "pad is '1,2': expected one integer, or 4 with commas between them"),
        operation("conv2d c=1 h=2 w=2 o=1 kh=1 kw=1 stride=1 pad=1,2,,4 relu=0",
            "pad is '': expected an integer, an optional - and digits from 0 to 9"),
        operation("conv2d c=1 h=2 w=2 o=1 kh=1 kw=1 stride=1 pad=0,0,0,-1 relu=0",
            "paddingRight is -1: it must not be negative"),
        operation("conv2d c=4 h=2 w=2 o=2 kh=1 kw=1 stride=1 pad=0 groups=4 relu=0",
            "groups is 4: it must divide the channels, 4, and the outputs, 2"),
        operation("conv2d c=1 h=2 w=2 o=1 kh=1 kw=1 stride=1 pad=0 ceil=2 relu=0",
            "ceil is 2: it must be 0 or 1"),
        operation("conv2d c=1 h=2 w=2 o=1 kh=1 kw=1 stride=1 pad=0 same=1 relu=0",
            "'same=1' is not an argument of conv2d: expected c= h= w= o= kh= kw= stride= pad= relu="
                + " [ceil=] [dilation=] [groups=]"),
        operation("cast ".repeat(60), "the operation 'cast cast cast cast cast cast cast cast ...' "
            + "goes on for more than 256 bytes"));
  }

  static Stream<Arguments> operands() {
    String doubles = "op\tfrom_double\nx\tdouble\t";
    String gemm = "op\tgemm m=1 n=2 k=1 relu=0\nx\tap_fixed<8,3>\t1\ny\tap_fixed<8,3>\t1 1\n";
    return Stream.of(
        binary("add", "y\tap_fixed<8,3>\t1\n", "", "line 3, column 18: y has 1 values: expected 2"),
        binary("add", "y\tap_fixed<8,3>\t1 2\n", "z\tap_fixed<8,3>\t0 0\n",
            "line 4, column 3: z of add is ap_fixed<8,3>: it must be ap_fixed<9,4>"),
        binary("mul", "y\tap_fixed<8,3>\t1 2\n", "z\tap_fixed<16,6,AP_RND>\t0 0\n",
            "line 4, column 3: z of mul is ap_fixed<16,6,AP_RND>: it must be ap_fixed<16,6>"),
        binary("add", "y\tap_fixed<8,9000>\t1 2\n", "",
            "line 3, column 3: the sum of ap_fixed<8,3> and ap_fixed<8,9000> "
                + "needs W 9006 and I 9001: the width must lie in 1..4096 and I must fit in "
                + "32 bits"),
        binary("div", "y\tap_fixed<8,3>\t1 0\n", "",
            "line 3, column 19: the divisor is 0: a quotient by zero is undefined"),
        binary("neg", "", "z\tap_fixed<8,3>\t0 0\n",
            "line 3, column 3: z of neg is ap_fixed<8,3>: it must be ap_fixed<9,4>"),
        binary("shl 1", "", "z\tap_fixed<9,4>\t0 0\n",
            "line 3, column 3: z of shl is ap_fixed<9,4>: it must be ap_fixed<8,3>"),
        binary("khot K=1 rule=NEAREST", "", "z\tap_fixed<9,3>\t0 0\n",
            "line 3, column 3: z of khot is ap_fixed<9,3>: it must be ap_fixed<8,3>"),
        binary("khot K=1 rule=NEAREST", "y\tap_fixed<8,3>\t0 0\n", "",
            "line 3, column 1: khot takes no y line"),
        binary("dot 3", "", "", "line 2, column 20: x has 2 values: expected a multiple of 3"),
        broken(doubles + "0x3ff00000000000\n",
            "line 2, column 10: not a double: expected its 64 bits as 0x and 16 hex "
                + "digits"),
        broken(doubles + "1.5\n",
            "line 2, column 10: not a double: expected its 64 bits as 0x and 16 hex digits"),
        broken(doubles + "0x3ff00000000000000\n",
            "line 2, column 10: not a double: expected its 64 bits as 0x and 16 hex digits"),
        broken(doubles + "\n",
            "line 2, column 10: expected a double, but found the end of the line"),
        broken(doubles + "0x0000000000000000 0x7ff8000000000000\n",
            "line 2, column 29: the double is NaN: it has no fixed-point value"),
        broken(doubles + "0x7ff0000000000000\nz\tap_fixed<8,3>\t0\n",
            "line 3, column 3: x holds an infinity: it has no value in ap_fixed<8,3>, which wraps"),
        broken(gemm + "z\tap_fixed<8,3>\t1 1\n",
            "line 4, column 1: a line 'z' where the block 'gemm' of line 1 needs its "
                + "acc line: each stands once, in the order op, x, y, bias, acc, z"),
        broken(gemm + "bias\tap_fixed<8,3>\t1\n",
            "line 4, column 21: bias has 1 values: expected 2"),
        broken(gemm + "acc\tap_fixed<8,3>\t1\n",
            "line 4, column 18: expected the end of the line, but found a TAB"),
        broken(gemm + "acc\tdouble\n",
            "line 4, column 5: acc of gemm is double: it must be a fixed-point format"),
        broken(gemm + "acc\tap_fixed<4096,9>\n",
            "line 4, column 5: the sum of ap_fixed<4096,9> and ap_fixed<16,6> needs "
                + "W 4097 and I 10: the width must lie in 1..4096 and I must fit in 32 bits"),
        broken("op\tcast\nx\tap_ufixed<64,64>\t-1\n",
            "line 2, column 20: raw word -1 is out of range for "
                + "ap_ufixed<64,64>: it must lie in 0..18446744073709551615"),
        broken("op\tcast\nx\tap_ufixed<4096,1>\t" + "9".repeat(1234) + "\n",
            "line 2, column 21: raw word "
                + "9999999999999999999999999999999999999999... is out of range for "
                + "ap_ufixed<4096,1>"),
        broken("op\tcast\nx\tap_fixed<4096,1>\t" + "0".repeat(5000) + "\n",
            "line 2, column 20: a number of more than 1300 digits: out of range for "
                + "ap_fixed<4096,1>"));
  }

  @ParameterizedTest
  @MethodSource({"lines", "operations", "operands"})
  void isRefusedWithItsPlaceAndRule(String text, String message) {
    assertThatThrownBy(() -> Vectors.read(Vectors.source(text)))
        .isInstanceOf(VectorFileException.class).hasMessage("test.vec, " + message);
  }

  @ParameterizedTest
  @MethodSource({"lines", "operations", "operands"})
  void isRefusedInGzipJustSo(String text, String message) throws Exception {
    byte[] bytes = Vectors.gzip(text);
    assertThatThrownBy(() -> Vectors.read(Vectors.source(bytes)))
        .hasMessage("test.vec, " + message);
  }

  @Test
  void theGoodFileIsRead() throws Exception {
    assertThat(Vectors.read(Vectors.source(CAST))).hasSize(1);
    String unended = CAST.stripTrailing();
    assertThat(Vectors.read(Vectors.source(unended))).isEqualTo(Vectors.read(Vectors.source(CAST)));
  }

  @Test
  void whatEditorsAndPrintingLoopsAddIsPassed() throws Exception {
    List<Vectors.Block> good = Vectors.read(Vectors.source(CAST));
    for (String same : List.of(CAST.replace("\n", "\r\n"), CAST.replace("\n", " \n"),
        CAST.replace("\n", "  \r\n"), CAST.replace(" ", "  "), "\ufeff" + CAST, CAST + " \n\n")) {
      assertThat(Vectors.read(Vectors.source(same))).isEqualTo(good);
      assertThat(Vectors.read(Vectors.source(Vectors.gzip(same)))).isEqualTo(good);
    }
    String commented = CAST.replace("\n", "\n# x\tis a comment\n\n");
    assertThat(Vectors.read(Vectors.source(commented)).getFirst().expected())
        .isEqualTo(good.getFirst().expected());
  }

  @Test
  void theExceptionTellsThePlace() {
    VectorSource source = Vectors.source(CAST.replace("2", "999"));
    assertThatThrownBy(() -> Vectors.read(source)).isInstanceOfSatisfying(VectorFileException.class,
        e -> {
          assertThat(e.file()).isEqualTo("test.vec");
          assertThat(e.line()).isEqualTo(2);
          assertThat(e.column()).isEqualTo(19);
        });
  }

  @Test
  void missingFilesAndFoldersAreNamed(@TempDir Path folder) throws Exception {
    Path missing = folder.resolve("missing.vec");
    assertThatThrownBy(() -> VectorSource.of(missing))
        .isInstanceOf(VectorFileException.class).hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> VectorSource.of(folder))
        .isInstanceOf(VectorFileException.class)
        .hasMessage(folder + ": is a directory: expected a file");
    Path binary = Files.write(folder.resolve("binary.vec"),
        "PK\3\4\0\0".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Vectors.read(VectorSource.of(binary)))
        .hasMessage(binary
            + ", line 1, column 7: no TAB in the line 'PK\\x03\\x04\\x00\\x00': a TAB "
            + "separates its fields");
  }
}
