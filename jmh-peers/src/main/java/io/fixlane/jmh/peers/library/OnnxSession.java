package io.fixlane.jmh.peers.library;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * A model in ONNX Runtime on one thread, with buffers outside the heap that are made once, so that
 * a run copies nothing in or out.
 */
public final class OnnxSession implements AutoCloseable {
  private final OrtEnvironment environment =
      OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
  private final OrtSession session;
  private final Map<String, OnnxTensor> inputs = new LinkedHashMap<>();
  private final Map<String, OnnxTensor> outputs = new LinkedHashMap<>();

  /** Loads a model. */
  public OnnxSession(byte[] model) {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      options.setInterOpNumThreads(1);
      session = environment.createSession(model, options);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not take the model", e);
    }
  }

  /** Places an input. */
  public OnnxSession input(String name, OnnxJavaType type, byte[] data, long... shape) {
    inputs.put(name, tensor(type, direct(data.length).put(data).rewind(), shape));
    return this;
  }

  /** Makes the place of the output, and returns it. */
  public ByteBuffer output(String name, OnnxJavaType type, int bytes, long... shape) {
    ByteBuffer buffer = direct(bytes);
    outputs.put(name, tensor(type, buffer, shape));
    return buffer;
  }

  private static ByteBuffer direct(int bytes) {
    return ByteBuffer.allocateDirect(bytes).order(ByteOrder.nativeOrder());
  }

  private OnnxTensor tensor(OnnxJavaType type, ByteBuffer data, long... shape) {
    try {
      return OnnxTensor.createTensor(environment, data, shape, type);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not take a tensor", e);
    }
  }

  /** Runs the model. */
  public void run() {
    try {
      session.run(inputs, Set.of(), outputs).close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not run the model", e);
    }
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
    try {
      session.close();
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime does not close the model", e);
    }
  }
}
