package io.fixlane.djl;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * The engine that runs networks: {@code Engine.getEngine(FixlaneEngine.NAME)}, or {@code
 * Criteria.builder().optEngine(FixlaneEngine.NAME)}.
 *
 * <p>It computes on the processor, and in the thread that asks. Its arrays do what the translators
 * of images and classes need; whatever else is asked of them, another engine of the process does,
 * such as PyTorch, where there is one.
 */
public final class FixlaneEngine extends Engine {
  /** The name by which DJL knows the engine. */
  public static final String NAME = "Fixlane";

  /** Behind the engines that train and those that run models of others: it is never guessed. */
  static final int RANK = 20;
  static final FixlaneEngine INSTANCE = new FixlaneEngine();

  /** Of DJL's engines, those below this rank compute with arrays of their own. */
  private static final int FIRST_RANK_WITHOUT_ARRAYS = 10;

  private FixlaneEngine() {}

  @Override
  public @Nullable Engine getAlternativeEngine() {
    Engine engine = Engine.getInstance();
    return engine.getRank() < FIRST_RANK_WITHOUT_ARRAYS ? engine : null;
  }

  @Override
  public String getEngineName() {
    return NAME;
  }

  @Override
  public int getRank() {
    return RANK;
  }

  @Override
  public String getVersion() {
    Properties properties = new Properties();
    try (InputStream in = FixlaneEngine.class.getResourceAsStream("version.properties")) {
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version");
  }

  /** Returns false: DJL's capabilities are those of other libraries. */
  @Override
  public boolean hasCapability(String capability) {
    return false;
  }

  /**
   * Makes a model, to be loaded.
   *
   * @param device null, or the processor
   * @throws IllegalArgumentException if the device is another
   */
  @Override
  public Model newModel(String name, @Nullable Device device) {
    return new FixlaneModel(name, FixlaneNDManager.top(device));
  }

  @Override
  public NDManager newBaseManager() {
    return newBaseManager(null);
  }

  /**
   * Makes a manager of arrays.
   *
   * @param device null, or the processor
   * @throws IllegalArgumentException if the device is another
   */
  @Override
  public NDManager newBaseManager(@Nullable Device device) {
    return FixlaneNDManager.top(device);
  }
}
