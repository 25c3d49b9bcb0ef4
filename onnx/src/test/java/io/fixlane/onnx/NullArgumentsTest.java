package io.fixlane.onnx;

import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.fixlane.format.FixedFormat;
import io.fixlane.network.Network;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A null where none may be is an error that names the argument. */
class NullArgumentsTest {
  private static final FixedFormat WORD = FixedFormat.signed(8, 3);
  private static final Path FILE = Path.of("none.onnx");

  private static Arguments of(String name, ThrowingCallable call) {
    return arguments(name, call);
  }

  static Stream<Arguments> calls() {
    Network network = Network.builder(WORD, 2).relu("relu", WORD).build();
    return Stream.of(
        of("file", () -> Onnx.readFloat((Path) null)),
        of("file", () -> Onnx.readFloat((byte[]) null)),
        of("file", () -> Onnx.readNetwork(null)),
        of("file", () -> Onnx.readNetwork((Path) null, WORD)),
        of("file", () -> Onnx.readNetwork((byte[]) null, WORD)),
        of("file", () -> Onnx.readGraph(null)),
        of("network", () -> Onnx.write(null, FILE)),
        of("file", () -> Onnx.write(network, null)),
        of("network", () -> Onnx.toBytes(null)),
        of("network", () -> Onnx.writeQuant(null, FILE)),
        of("file", () -> Onnx.writeQuant(network, null)),
        of("network", () -> Onnx.toQuantModel(null)),
        of("network", () -> new QuantizedNetwork(null, List.of())),
        of("notes", () -> new QuantizedNetwork(network, null)),
        of("bytes", () -> new QuantModel(null, List.of())),
        of("notes", () -> new QuantModel(new byte[0], null)));
  }

  @ParameterizedTest
  @MethodSource("calls")
  void isNamed(String name, ThrowingCallable call) {
    assertThatNullPointerException().isThrownBy(call).withMessage(name);
  }
}
