package io.fixlane.djl;

import ai.djl.engine.Engine;
import ai.djl.engine.EngineProvider;

/** How DJL finds the engine. */
public final class FixlaneEngineProvider implements EngineProvider {
  /** Makes the provider, as DJL does. */
  public FixlaneEngineProvider() {}

  @Override
  public String getEngineName() {
    return FixlaneEngine.NAME;
  }

  @Override
  public int getEngineRank() {
    return FixlaneEngine.RANK;
  }

  @Override
  public Engine getEngine() {
    return FixlaneEngine.INSTANCE;
  }
}
