package io.fixlane.autograd.train;

import io.fixlane.autograd.data.DataSplit;
import io.fixlane.autograd.data.Dataset;
import io.fixlane.autograd.layers.TapeLayer;
import io.fixlane.autograd.optim.Optimizer;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32C;

/** What decides about the weights that training gives, setting by setting. */
final class TrainingIdentity {
  private static final String NETWORK = "network";

  private TrainingIdentity() {}

  static Map<String, String> of(
      TapeLayer network,
      Optimizer optimizer,
      TrainingPlan plan,
      DataSplit data,
      Map<String, String> settings) {
    Map<String, String> identity = new LinkedHashMap<>(settings);
    identity.put(NETWORK, text(network));
    identity.put("optimizer", optimizer.toString());
    identity.put("number of epochs", Integer.toString(plan.epochs()));
    identity.put("batch size", Integer.toString(plan.batchSize()));
    identity.put("seed", Long.toString(plan.seed()));
    identity.put("schedule", plan.schedule().toString());
    identity.put("patience", Integer.toString(plan.patience()));
    identity.put("augmentation", plan.augmentation().toString());
    identity.put("smoothing of labels", Float.toString(plan.smoothing()));
    identity.put("training set", text(data.train()));
    identity.put("test set", text(data.test()));
    return identity;
  }

  /** Returns other settings with this network. */
  static Map<String, String> of(TapeLayer network, Map<String, String> others) {
    Map<String, String> identity = new LinkedHashMap<>(others);
    identity.put(NETWORK, text(network));
    return identity;
  }

  private static String text(TapeLayer network) {
    Map<String, String> sizes = new LinkedHashMap<>();
    network.parameters().forEach((name, tensor) -> sizes.put(name, tensor.toString()));
    network.statistics().forEach((name, numbers) -> sizes.put(name, "[" + numbers.length + "]"));
    return sizes.toString();
  }

  private static String text(Dataset dataset) {
    CRC32C crc = new CRC32C();
    float[] images = dataset.images();
    int size = images.length / dataset.size();
    ByteBuffer image = ByteBuffer.allocate((size + 1) * Float.BYTES);
    for (int i = 0; i < dataset.size(); i++) {
      image.clear().asFloatBuffer().put(images, i * size, size);
      image.putInt(size * Float.BYTES, dataset.label(i));
      crc.update(image);
    }
    return dataset + ", checksum " + Long.toHexString(crc.getValue());
  }
}
