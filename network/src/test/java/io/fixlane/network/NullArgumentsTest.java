package io.fixlane.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.fixlane.format.FixedFormat;
import io.fixlane.format.KHotRule;
import io.fixlane.kernels.BinaryConv2d;
import io.fixlane.kernels.BinaryGemm;
import io.fixlane.kernels.BitMatrix;
import io.fixlane.kernels.Cast;
import io.fixlane.kernels.Conv2d;
import io.fixlane.kernels.Elementwise;
import io.fixlane.kernels.Gemm;
import io.fixlane.kernels.KHot;
import io.fixlane.kernels.KHotKernel;
import io.fixlane.kernels.MatrixView;
import io.fixlane.kernels.OutputStage;
import io.fixlane.kernels.Pool2d;
import io.fixlane.kernels.Signs;
import io.fixlane.kernels.Threshold;
import io.fixlane.network.layer.BinaryConvLayer;
import io.fixlane.network.layer.BinaryDenseLayer;
import io.fixlane.network.layer.BinaryResult;
import io.fixlane.network.layer.ConvLayer;
import io.fixlane.network.layer.DenseLayer;
import io.fixlane.network.layer.FlattenLayer;
import io.fixlane.network.layer.Layer;
import io.fixlane.network.layer.PoolLayer;
import io.fixlane.network.layer.ThresholdLayer;
import io.fixlane.network.layer.UnaryLayer;
import io.fixlane.network.layer.Weights;
import io.fixlane.reference.Fixed;
import io.fixlane.shape.ImageShape;
import io.fixlane.shape.Window;
import io.fixlane.tensor.BitPackedTensor;
import io.fixlane.tensor.FixedTensor;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.Executable;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A null that is not asked for is a NullPointerException that names the parameter: of every public
 * method and constructor of the kernels and of networks, whose other arguments are good ones.
 */
class NullArgumentsTest {
  private static final FixedFormat S8 = FixedFormat.signed(8, 4);

  static Stream<Arguments> calls() throws IOException, URISyntaxException {
    List<Arguments> calls = new ArrayList<>();
    for (Class<?> root : List.of(Gemm.class, Network.class, Layer.class)) {
      for (Class<?> type : publicTypes(root)) {
        Stream.concat(Arrays.stream(type.getDeclaredConstructors()),
            Arrays.stream(type.getDeclaredMethods()))
            .filter(call -> Modifier.isPublic(call.getModifiers()) && !call.isSynthetic())
            .filter(call -> !inherited(call))
            .forEach(call -> {
              for (int i = 0; i < call.getParameterCount(); i++) {
                if (!call.getParameterTypes()[i].isPrimitive() && !nullable(call, i)) {
                  calls.add(argumentSet(call + ": " + call.getParameters()[i].getName(), call, i));
                }
              }
            });
      }
    }
    assertThat(calls).hasSizeGreaterThan(150);
    return calls.stream();
  }

  /** Returns the public types beside a class, in a folder or in a jar. */
  private static Set<Class<?>> publicTypes(Class<?> root) throws IOException, URISyntaxException {
    URI location = root.getProtectionDomain().getCodeSource().getLocation().toURI();
    Path place = Path.of(location);
    if (Files.isDirectory(place)) {
      return publicTypes(root, place);
    }
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return publicTypes(root, jar.getPath("/"));
    }
  }

  private static Set<Class<?>> publicTypes(Class<?> root, Path place) throws IOException {
    Set<Class<?>> types = new HashSet<>();
    try (Stream<Path> files =
        Files.list(place.resolve(root.getPackageName().replace('.', '/')))) {
      for (String name : files.map(file -> file.getFileName().toString()).toList()) {
        if (name.endsWith(".class") && !name.equals("package-info.class")) {
          Class<?> type = find(root.getPackageName() + "."
              + name.substring(0, name.length() - ".class".length()));
          if (isPublic(type)) {
            types.add(type);
          }
        }
      }
    }
    return types;
  }

  private static Class<?> find(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean isPublic(Class<?> type) {
    return Modifier.isPublic(type.getModifiers())
        && (type.getEnclosingClass() == null || isPublic(type.getEnclosingClass()));
  }

  /** Returns whether a method is what the language gives every record and enum. */
  private static boolean inherited(Executable call) {
    return call.getName().equals("equals")
        || call.getDeclaringClass().isEnum() && call.getName().equals("valueOf");
  }

  private static boolean nullable(Executable call, int index) {
    return call.getAnnotatedParameterTypes()[index].isAnnotationPresent(Nullable.class);
  }

  @ParameterizedTest
  @MethodSource("calls")
  void aNullIsNamed(Executable call, int index) throws ReflectiveOperationException {
    Parameter[] parameters = call.getParameters();
    assertThat(parameters[index].isNamePresent()).as("javac -parameters").isTrue();
    Object[] arguments = Arrays.stream(parameters)
        .map(parameter -> sample(call, parameter)).toArray();
    arguments[index] = null;
    assertThat(thrown(call, arguments)).as("%s", call).isInstanceOf(NullPointerException.class)
        .hasMessage(parameters[index].getName());
  }

  private static @Nullable Throwable thrown(Executable call, Object[] arguments)
      throws ReflectiveOperationException {
    try {
      if (call instanceof Method method) {
        boolean isStatic = Modifier.isStatic(method.getModifiers());
        method.invoke(isStatic ? null : receiver(method), arguments);
      } else if (call instanceof java.lang.reflect.Constructor<?> constructor) {
        constructor.newInstance(arguments);
      }
      return null;
    } catch (InvocationTargetException e) {
      return e.getCause();
    }
  }

  private static FixedTensor tensor(FixedFormat format) {
    return FixedTensor.allocate(format, 4, 4);
  }

  /** Returns an object to call a method of. */
  private static Object receiver(Method method) {
    Class<?> type = method.getDeclaringClass();
    boolean two = Arrays.stream(method.getParameters()).anyMatch(p -> p.getName().equals("b"));
    boolean signs = method.getParameterTypes().length == 2
        && method.getParameterTypes()[1] == BitMatrix.class;
    if (type == Elementwise.class) {
      return two ? Elementwise.add(S8, S8, S8) : Elementwise.relu(S8, S8);
    }
    if (type == BinaryGemm.class) {
      BitMatrix weights = BitMatrix.allocate(4, 4);
      return signs ? BinaryGemm.of(weights, 0, 0, 0, 0) : BinaryGemm.of(weights, S8);
    }
    return sample(type, "", S8);
  }

  /** Returns a good argument; containers of arrays decide on the format. */
  private static Object sample(Executable call, Parameter parameter) {
    List<Class<?>> types = List.of(call.getParameterTypes());
    int width = types.contains(short[].class)
        ? 16
        : types.contains(int[].class) && types.indexOf(int[].class) < types.size() - 1
            ? 32
            : types.contains(long[].class) ? 64 : 8;
    boolean convolves = call.getName().toLowerCase().startsWith("conv2d")
        || call.getDeclaringClass() == Conv2d.class
        || call.getDeclaringClass() == BinaryConv2d.class;
    if (convolves && parameter.getType() == FixedTensor.class
        && parameter.getName().equals("weights")) {
      return tensor(S8).reshape(4, 4, 1, 1);
    }
    return sample(parameter.getType(), parameter.getName(), FixedFormat.signed(width, 4));
  }

  private static Object sample(Class<?> type, String name, FixedFormat format) {
    OutputStage stage = OutputStage.to(S8);
    ImageShape image = ImageShape.of(1, 1, 4);
    Window window = Window.of(1, 1);
    KHot khot = KHot.of(2, KHotRule.NEAREST);
    return switch (type.getName()) {
      case "int" -> switch (name) {
        case "from" -> 0;
        case "parts" -> 2;
        case "m" -> 4;
        default -> 1;
      };
      case "long" -> name.equals("count") ? 4L : name.equals("stride") ? 4L : 0L;
      case "boolean" -> false;
      default -> {
        for (Object sample : new Object[] {
          format, tensor(format), stage, image, window, khot, KHotRule.NEAREST,
          KHotKernel.MULTIPLY, (Executor) Runnable::run, List.of(S8), BitMatrix.allocate(4, 4),
          BitPackedTensor.pack(tensor(FixedFormat.signed(2, 2))),
          new MatrixView(MemorySegment.ofArray(new byte[16]), 0, 4),
          MemorySegment.ofArray(new byte[16]), new byte[16], new short[16], new int[] {4, 4},
          new long[16], new float[16], new double[16], Cast.of(S8, S8),
          Cast.of(S8, S8).newStatistics(), Gemm.of(S8, tensor(S8), stage),
          Conv2d.of(S8, tensor(S8).reshape(4, 4, 1, 1), image, window, stage),
          Pool2d.max(S8, image, window),
          Signs.of(S8), khot.multiply(S8, tensor(S8), S8), khot.cost(S8, tensor(S8)),
          new OutputStage.ResidualAdd(S8, S8), Weights.of(tensor(S8)),
          Network.builder(S8, 4), SmallNetwork.network(), Path.of("none"), "it",
          (Consumer<NetworkBuilder>) block -> block.cast("cast", S8), new UnaryLayer.Relu(),
          new PoolLayer.Max(), new FlattenLayer("flatten"),
          new DenseLayer("dense", Weights.of(tensor(S8)), stage),
          new ConvLayer("conv", Weights.of(tensor(S8)), Window.of(1, 1), stage),
          BinaryResult.sums(S8), BinaryResult.signs(0),
          new BinaryDenseLayer("dense", tensor(S8), BinaryResult.sums(S8)),
          new BinaryConvLayer("conv", tensor(S8), Window.of(1, 1), BinaryResult.sums(S8)),
          Fixed.of(0.5), (DoubleUnaryOperator) StrictMath::tanh, new UnaryLayer.Identity(),
          BinaryConv2d.of(S8, tensor(S8).reshape(4, 4, 1, 1), image, window, 1, S8),
          new ThresholdLayer("levels", tensor(S8), Fixed.of(0.5), 0),
          Threshold.of(S8, tensor(S8).row(0), Fixed.ofRaw(S8, 0), 0),
          new UnaryLayer("relu", new UnaryLayer.Relu(), S8),
          new PoolLayer("pool", Window.of(1, 1), new PoolLayer.Max())}) {
          if (type.isInstance(sample)) {
            yield sample;
          }
        }
        throw new AssertionError("there is no sample of " + type);
      }
    };
  }
}
