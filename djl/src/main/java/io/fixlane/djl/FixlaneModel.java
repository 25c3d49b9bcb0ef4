package io.fixlane.djl;

import ai.djl.BaseModel;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.types.DataType;
import io.fixlane.network.Network;
import io.fixlane.network.NetworkFileException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A model that a network's file is, or a quantized model of ONNX. */
final class FixlaneModel extends BaseModel {
  private static final String ENDING = ".fxn";

  FixlaneModel(String name, FixlaneNDManager manager) {
    super(name);
    this.manager = manager;
    manager.setName("fixlane model");
    this.dataType = DataType.FLOAT32;
  }

  /**
   * Loads a model from a file, or from a folder.
   *
   * @param prefix the file's name in the folder, with its ending or without; null where it is the
   *     model's name, the folder's, {@code model}, or the only one
   * @throws MalformedModelException if the file is damaged, or holds no model that can be run
   * @throws IOException if there is no file, or it cannot be read
   * @throws IllegalArgumentException if an option has a value that it cannot have
   */
  @Override
  public void load(Path modelPath, @Nullable String prefix, @Nullable Map<String, ?> options)
      throws IOException, MalformedModelException {
    requireNoBlock();
    ModelOptions chosen = ModelOptions.of(options);
    setModelDir(modelPath);
    Path file = ModelFiles.find(modelDir, names(prefix));
    // What lies beside the file, as the names of classes, is looked for there.
    modelDir = file.toAbsolutePath().getParent();
    block = new FixlaneSymbolBlock(ModelFiles.read(file, chosen.inputFormat()), chosen);
    wasLoaded = true;
  }

  private List<String> names(@Nullable String prefix) {
    List<String> names = new ArrayList<>();
    if (prefix != null) {
      names.add(prefix);
    } else {
      names.add(modelName);
      names.add(modelDir.getFileName() == null ? "model" : modelDir.getFileName().toString());
      names.add("model");
    }
    return names;
  }

  /**
   * Loads a network from the bytes of its file.
   *
   * @throws MalformedModelException if they are damaged, or those of no network
   * @throws IOException if they cannot be read
   */
  @Override
  public void load(InputStream is, @Nullable Map<String, ?> options)
      throws IOException, MalformedModelException {
    requireNoBlock();
    ModelOptions chosen = ModelOptions.of(options);
    try {
      block = new FixlaneSymbolBlock(
          new LoadedNetwork(Network.fromBytes(is.readAllBytes()), List.of()), chosen);
    } catch (NetworkFileException e) {
      throw new MalformedModelException(e.getMessage(), e);
    }
    wasLoaded = true;
  }

  private void requireNoBlock() {
    if (block != null) {
      throw new UnsupportedOperationException(
          "the model has a block already: a network is loaded into a model that has none");
    }
  }

  /**
   * Writes the network to a file in a folder, which is made where it is not there.
   *
   * @param newModelName the file's name without its ending; null or empty for the model's own
   * @throws IllegalStateException if nothing has been loaded
   */
  @Override
  public void save(Path modelPath, @Nullable String newModelName) throws IOException {
    if (!(block instanceof FixlaneSymbolBlock loaded)) {
      throw new IllegalStateException("the model is empty: only one that was loaded can be saved");
    }
    Files.createDirectories(modelPath);
    String name = newModelName == null || newModelName.isEmpty() ? modelName : newModelName;
    loaded.network().save(modelPath.resolve(name + ENDING));
    modelDir = modelPath.toAbsolutePath();
  }
}
