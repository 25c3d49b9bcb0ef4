package io.fixlane.onnx;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.LinkedHashMap;
import java.util.Map;

/** Runs models of one input in ONNX Runtime, the judge of what they compute. */
final class OnnxRuntime implements AutoCloseable {
  private final OrtEnvironment environment =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
  private final OrtSession session;

  OnnxRuntime(byte[] model) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      this.session = environment.createSession(model, options);
    }
  }

  private String input() {
    return session.getInputNames().iterator().next();
  }

  /** Returns the numbers of the only output. */
  float[] run(float[] x, long... shape) throws OrtException {
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, FloatBuffer.wrap(x), shape);
        OrtSession.Result result = session.run(Map.of(input(), tensor))) {
      return array((OnnxTensor) result.get(0));
    }
  }

  private static float[] array(OnnxTensor tensor) {
    FloatBuffer buffer = tensor.getFloatBuffer();
    float[] numbers = new float[buffer.remaining()];
    buffer.get(numbers);
    return numbers;
  }

  /** Returns the integers of all outputs. */
  Map<String, long[]> run(long[] x, long... shape) throws OrtException {
    Map<String, long[]> all = new LinkedHashMap<>();
    try (OnnxTensor tensor = OnnxTensor.createTensor(environment, LongBuffer.wrap(x), shape);
        OrtSession.Result result = session.run(Map.of(input(), tensor))) {
      result.forEach(entry -> {
        LongBuffer buffer = ((OnnxTensor) entry.getValue()).getLongBuffer();
        long[] numbers = new long[buffer.remaining()];
        buffer.get(numbers);
        all.put(entry.getKey(), numbers);
      });
    }
    return all;
  }

  @Override
  public void close() throws OrtException {
    session.close();
  }
}
